/**
 * A module and what it imports as one script. It may import files of its folder and TF.js, which the realm has; nothing of Node, no files outside,
 * no code chosen at run time. esbuild reads the files and runs none of them.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { BuildFailure, Message, OnResolveArgs, PluginBuild } from 'esbuild';
import { ModuleFault, type Place } from './fault.ts';

export interface ModuleBundle {
  readonly code: string;
  /** Its source map, in JSON. */
  readonly map: string;
  /** As the author calls the file, for messages. */
  readonly name: string;
  readonly root: string;
}

const EXTENSIONS = ['.ts', '.mts', '.tsx', '.js', '.mjs', '.jsx'];

/** By its name. */
export const isModule = (file: string): boolean => EXTENSIONS.includes(extname(file));

const TENSORFLOW = /^@tensorflow\/tfjs(?:-core|-layers|-node|-node-gpu)?$/;

/**
 * @param folder  what it may import from; the file's own folder if left out
 * @throws ModuleFault
 */
export async function bundleModule(file: string, folder?: string): Promise<ModuleBundle> {
  const entry = realPath(file, file);
  if (!statSync(entry).isFile()) throw new ModuleFault('unreadable_module', `${file} can't be read: it is a folder`);
  const root = folder === undefined ? dirname(entry) : realPath(folder, folder);
  if (!isInside(root, entry)) throw new ModuleFault('invalid_module', `${file} lies outside of its folder, ${folder}`);
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      ...{ entryPoints: [entry], absWorkingDir: root, bundle: true, write: false, outdir: root, logLevel: 'silent' },
      ...{ format: 'iife', globalName: 'annealModule', platform: 'neutral', target: 'es2022', charset: 'utf8' },
      ...{ sourcemap: 'external', sourcesContent: true, tsconfigRaw: {}, mainFields: ['module', 'main'] },
      // A path that is computed at run time finds no loader, in a message of the realm's own.
      supported: { 'dynamic-import': false },
      banner: { js: 'anneal.define(() => {' },
      footer: { js: 'return annealModule; });' },
      plugins: [{ name: 'confined', setup: (setUp) => confine(setUp, root) }],
    });
    const [map, code] = ['.map', '.js'].map((end) => outputFiles.find(({ path }) => path.endsWith(end))!.text);
    return { code: code!, map: map!, name: file, root };
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    if (!first) throw error;
    const more = (error as BuildFailure).errors.length - 1;
    throw new ModuleFault(
      'invalid_module',
      `${worded(first.text)}${more > 0 ? ` (and ${more} more)` : ''}`,
      placeOf(first, root, file),
    );
  }
}

const worded = (text: string): string =>
  text.startsWith('Top-level await') ? 'a module can await nothing at its top level' : text;

function confine(setUp: PluginBuild, root: string): void {
  const INSIDE = { confined: true };
  setUp.onResolve({ filter: TENSORFLOW }, ({ path }) => ({ path, namespace: 'realm' }));
  setUp.onLoad({ filter: /.*/, namespace: 'realm' }, () => ({ contents: 'module.exports = anneal.tf' }));
  setUp.onResolve({ filter: /.*/ }, async (asked: OnResolveArgs) => {
    if (asked.pluginData === INSIDE || asked.kind === 'entry-point') return undefined;
    const { path, kind, importer, resolveDir, with: attributes } = asked;
    const refused = (why: string) => ({ errors: [{ text: `'${path}' can't be imported: ${why}` }] });
    if (path.startsWith('node:') || builtinModules.includes(path.split('/')[0]!))
      return refused('a module has no access to Node, its files, processes or the network');
    if (/^[a-z][a-z+.-]*:/i.test(path)) return refused('only files of its folder and TF.js can be');
    const found = await setUp.resolve(path, { kind, importer, resolveDir, with: attributes, pluginData: INSIDE });
    if (found.errors.length > 0) return { errors: found.errors };
    if (isInside(root, realPath(found.path, path))) return found;
    return refused(`it lies outside of the module's folder${isPackage(path) ? '' : '; --folder names a wider one'}`);
  });
}

const isPackage = (path: string): boolean => !path.startsWith('.') && !isAbsolute(path);

function isInside(root: string, file: string): boolean {
  const path = relative(root, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Without symbolic links, which may lead out of the folder. */
function realPath(path: string, name: string): string {
  try {
    return realpathSync(resolve(path));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new ModuleFault('unreadable_module', `${name} can't be read: ${why}`);
  }
}

function placeOf({ location }: Message, root: string, name: string): Place | null {
  if (!location) return null;
  const file = location.file.replace(/^[\w-]+:/, '');
  return {
    file: asAuthorSays(file, root, name),
    line: location.line,
    column: location.column + 1,
    text: location.lineText,
  };
}

/** The file of the module by the name it was given; others relative to the folder. */
export function asAuthorSays(file: string, root: string, name: string): string {
  return resolve(root, file) === realpathSync(resolve(name)) ? name : relative(process.cwd(), resolve(root, file));
}

/** A line of a file, for a message. */
export function lineOf(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}
