/** Loads a module of the user's own into this process: JavaScript by Node, TypeScript by jiti, as not every Node that we run on reads it. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPESCRIPT = /\.[cm]?ts$/;

/** @throws what loading it throws */
export async function loadModule(file: string): Promise<{ readonly default?: unknown }> {
  if (!TYPESCRIPT.test(file)) return await import(pathToFileURL(file).href);
  const { createJiti } = await import('jiti');
  return await createJiti(import.meta.url, { interopDefault: false }).import(resolve(file));
}
