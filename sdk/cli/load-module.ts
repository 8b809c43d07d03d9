/**
 * Loads a module of the user's own into this process: `.mjs` by Node; all else by jiti, as not every Node that we run on reads TypeScript,
 * and a `.js` may be of either kind.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What it exports; of CommonJS and JSON, the value itself. @throws what loading it throws */
export async function loadModule(file: string): Promise<{ readonly default?: unknown }> {
  if (file.endsWith('.mjs')) return await import(pathToFileURL(file).href);
  const { createJiti } = await import('jiti');
  return await createJiti(import.meta.url, { interopDefault: false }).import(resolve(file));
}
