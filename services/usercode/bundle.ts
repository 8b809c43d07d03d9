/**
 * A module and what it imports as one script. It may import files of its folder and TF.js, which the realm has; nothing of Node, no files outside,
 * no code chosen at run time. esbuild reads the files and runs none of them.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { BuildFailure, BuildOptions, Message, OnResolveArgs, PluginBuild } from 'esbuild';
import { ModuleFault, type Place } from './fault.ts';

export interface ModuleBundle {
  readonly code: string;
  /** Its source map, in JSON. */
  readonly map: string;
  /** As the author calls the file, for messages. */
  readonly name: string;
  /** The folder of its files; null for a module that is text alone. */
  readonly root: string | null;
}

const EXTENSIONS = ['.ts', '.mts', '.tsx', '.js', '.mjs', '.jsx'];

/** By its name. */
export const isModule = (file: string): boolean => EXTENSIONS.includes(extname(file));

/** Under its names TF.js is imported. */
export const TENSORFLOW = /^@tensorflow\/tfjs(?:-core|-layers|-node|-node-gpu)?$/;

/**
 * @param folder  what it may import from; the file's own folder if left out
 * @throws ModuleFault
 */
export async function bundleModule(name: string, folder?: string): Promise<ModuleBundle> {
  const { entry, root } = entryOf(name, folder);
  const script = await scriptOf(
    { entryPoints: [entry], absWorkingDir: root },
    root,
    (setUp) => confine(setUp, root),
    (file) => asAuthorSays(file, root, name),
  );
  return { ...script, name, root };
}

/** The file and its folder. @throws ModuleFault */
export function entryOf(file: string, folder?: string): { entry: string; root: string } {
  const entry = realPath(file, file);
  if (!statSync(entry).isFile()) throw new ModuleFault('unreadable_module', `${file} can't be read: it is a folder`);
  const root = folder === undefined ? dirname(entry) : realPath(folder, folder);
  if (!isInside(root, entry)) throw new ModuleFault('invalid_module', `${file} lies outside of its folder, ${folder}`);
  return { entry, root };
}

/** The options of every build of a module. */
export const moduleOptions: BuildOptions = {
  ...{ bundle: true, write: false, logLevel: 'silent', platform: 'neutral', target: 'es2022', charset: 'utf8' },
  ...{ sourcesContent: true, tsconfigRaw: {}, mainFields: ['module', 'main'] },
  // A path that is computed at run time finds no loader, in a message of the realm's own.
  supported: { 'dynamic-import': false },
};

/**
 * A script that the realm can run.
 * @param says  what the author calls a file of esbuild's
 * @throws ModuleFault
 */
export async function scriptOf(
  options: BuildOptions,
  outdir: string,
  confined: (setUp: PluginBuild) => void,
  says: (file: string) => string,
): Promise<{ code: string; map: string }> {
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      ...moduleOptions,
      ...options,
      ...{ format: 'iife', globalName: 'annealModule', sourcemap: 'external', outdir },
      banner: { js: 'anneal.define(() => {' },
      footer: { js: 'return annealModule; });' },
      plugins: [{ name: 'confined', setup: confined }],
    });
    const [map, code] = ['.map', '.js'].map((end) => outputFiles!.find(({ path }) => path.endsWith(end))!.text);
    return { code: code!, map: map! };
  } catch (error) {
    throw faultOf(error, says);
  }
}

/** What esbuild finds wrong with a module; what else is thrown. */
export function faultOf(error: unknown, says: (file: string) => string): unknown {
  const { errors = [] } = error as Partial<BuildFailure>;
  const [first] = errors;
  if (!first) return error;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new ModuleFault('invalid_module', `${worded(first.text)}${more}`, placeOf(first, says));
}

const worded = (text: string): string =>
  text.startsWith('Top-level await') ? 'a module can await nothing at its top level' : text;

/** TF.js is that of the realm. */
export function withTensorFlow(setUp: PluginBuild): void {
  setUp.onResolve({ filter: TENSORFLOW }, ({ path }) => ({ path, namespace: 'realm' }));
  setUp.onLoad({ filter: /.*/, namespace: 'realm' }, () => ({ contents: 'module.exports = anneal.tf' }));
}

/** Why a module may not import what is none of its files, or null. */
export function refusal(path: string): string | null {
  if (path.startsWith('node:') || builtinModules.includes(path.split('/')[0]!))
    return 'a module has no access to Node, its files, processes or the network';
  return /^[a-z][a-z+.-]*:/i.test(path) ? 'only files of its folder and TF.js can be' : null;
}

function confine(setUp: PluginBuild, root: string): void {
  withTensorFlow(setUp);
  confineToFolder(setUp, root);
}

/** Imports files of the folder alone. */
export function confineToFolder(setUp: PluginBuild, root: string): void {
  const INSIDE = { confined: true };
  setUp.onResolve({ filter: /.*/ }, async (asked: OnResolveArgs) => {
    if (asked.pluginData === INSIDE || asked.kind === 'entry-point') return undefined;
    const { path, kind, importer, resolveDir, with: attributes } = asked;
    const refused = (why: string) => ({ errors: [{ text: `'${path}' can't be imported: ${why}` }] });
    const why = refusal(path);
    if (why !== null) return refused(why);
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

function placeOf({ location }: Message, says: (file: string) => string): Place | null {
  if (!location) return null;
  const { line, column, lineText } = location;
  return { file: says(location.file.replace(/^[\w-]+:/, '')), line, column: column + 1, text: lineText };
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
