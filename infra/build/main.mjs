/**
 * Bundles Anneal into dist/. A build whose inputs have not changed returns at once, without loading esbuild; a build that fails
 * leaves dist/ as it was. Shared chunks carry a hash in their names and are put in place first, then each entry by one rename: a
 * process that starts in mid-build gets the old program or the new one, never a mixture. With `lambda` as its argument it bundles the
 * functions of Lambda instead, each with all that it needs.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Name in dist/ -> source; an entry whose source is not there is left out. */
const programs = {
  cli: 'sdk/cli/main.ts',
  runner: 'services/runner/main.ts',
  trainer: 'services/runner/trainer-thread.ts',
  'examples-reader': 'services/engine/data/stored/read-thread.ts',
  'module-recorder': 'services/usercode/record-thread.ts',
  quickstart: 'examples/quickstart.ts',
};

const whole = { packages: 'bundle', format: 'iife', target: 'node20', splitting: false, sourcemap: false };

const targets = [
  { folder: 'dist', entries: programs, options: { platform: 'node', target: 'node20', splitting: true } },
  {
    folder: 'sdk/dist',
    entries: { index: 'sdk/index.ts' },
    options: { platform: 'neutral', target: 'es2022', splitting: false },
  },
  // What checks users' own code: one file each, with all that they need, as the process that runs them may read nothing else.
  {
    folder: 'dist/realm',
    entries: { realm: 'services/verify/realm/main.ts' },
    options: { ...whole, platform: 'browser', mainFields: ['module', 'main'] },
  },
  {
    folder: 'dist/confined',
    entries: { process: 'services/usercode/confined/main.ts' },
    options: { ...whole, platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' } },
  },
];

/** ESM whose CommonJS packages find `require`, which Node has not in ESM. */
const REQUIRE = "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);";

/** A function of Lambda: one file that holds everything, with names left whole for its log. */
const lambda = (name, source) => ({
  folder: `dist/lambda/${name}`,
  entries: { index: source },
  options: {
    ...{ platform: 'node', target: 'node20', packages: 'bundle', mainFields: ['module', 'main'] },
    ...{ minifySyntax: true, minifyWhitespace: true, sourcemap: false, legalComments: 'none' },
    ...{ outExtension: { '.js': '.mjs' }, banner: { js: REQUIRE } },
  },
});

const functions = [
  lambda('api', 'services/api/lambda.ts'),
  lambda('job-credentials', 'services/core/adapters/batch-launcher/credentials/lambda.ts'),
  lambda('webhook-dispatch', 'services/api/webhook-dispatch.ts'),
  lambda('webhook-send', 'services/api/webhook-send.ts'),
];

/** Chunks that nothing refers to any more are kept this long, for processes that may still import them. */
const KEEP_MILLISECONDS = 24 * 3600 * 1000;

/** Workspace packages are bundled from source: name -> { folder, exports }. */
async function workspacePackages() {
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const folders = [];
  for (const pattern of workspaces) {
    if (!pattern.endsWith('/*')) folders.push(pattern);
    else for (const name of await readdir(join(root, pattern.slice(0, -2)))) folders.push(pattern.slice(0, -1) + name);
  }
  const packages = new Map();
  for (const folder of folders) {
    const file = join(root, folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, exports } = JSON.parse(await readFile(file, 'utf8'));
    packages.set(name, { folder: join(root, folder), exports: exports ?? {} });
  }
  return packages;
}

/** Resolves imports of workspace packages to their sources, so that `packages: 'external'` leaves out only npm packages. */
const bundleWorkspaces = (packages) => ({
  name: 'workspaces',
  setup(build) {
    build.onResolve({ filter: /^(?:@anneal\/|anneal(?:\/|$))/ }, ({ path }) => {
      const [name, rest] = path.startsWith('@')
        ? [path.split('/', 2).join('/'), path.split('/').slice(2).join('/')]
        : ['anneal', path.slice('anneal/'.length)];
      const found = packages.get(name);
      const target = rest ? found?.exports['./*']?.replace('*', rest) : found?.exports['.'];
      if (!target) return { errors: [{ text: `'${path}' is not exported by a workspace package` }] };
      return { path: join(found.folder, target) };
    });
  },
});

const present = (entries) => Object.entries(entries).filter(([, source]) => existsSync(join(root, source)));

/** Hash of everything the last build read; undefined when a file of it is gone. */
async function fingerprint(files, entries) {
  const hash = createHash('sha256').update(JSON.stringify(entries));
  for (const file of files) {
    const bytes = await readFile(join(root, file)).catch(() => undefined);
    if (!bytes) return undefined;
    hash.update(`\0${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

async function isFresh({ folder, entries }) {
  const stamp = await readFile(join(root, folder, 'build.json'), 'utf8').then(JSON.parse, () => undefined);
  if (!stamp?.outputs.every((file) => existsSync(join(root, folder, file)))) return false;
  const now = await fingerprint(stamp.inputs, present(entries));
  return now !== undefined && stamp.fingerprint === now;
}

async function build({ folder, entries, options }) {
  const { build: bundle } = await import('esbuild');
  const out = join(root, folder);
  const { metafile, outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present(entries)),
    outdir: out,
    write: false,
    bundle: true,
    format: 'esm',
    packages: 'external',
    plugins: [bundleWorkspaces(await workspacePackages())],
    chunkNames: 'chunk-[hash]',
    sourcemap: true,
    metafile: true,
    logLevel: 'error',
    ...options,
  });
  // What a package leaves out in browsers is named too, but is no file.
  const read = Object.keys(metafile.inputs).filter((name) => !name.startsWith('(disabled):'));
  const inputs = [...read, relative(root, fileURLToPath(import.meta.url)), 'package-lock.json'];
  const files = outputFiles.map(({ path, contents }) => ({ name: relative(out, path), contents }));
  const stamp = {
    inputs,
    outputs: files.map(({ name }) => name),
    fingerprint: await fingerprint(inputs, present(entries)),
  };
  files.sort((a, b) => Number(isChunk(b.name)) - Number(isChunk(a.name)));
  files.push({ name: 'build.json', contents: JSON.stringify(stamp) });
  await mkdir(out, { recursive: true });
  const temporary = await mkdtemp(join(out, '.build-'));
  try {
    for (const { name, contents } of files) await writeFile(join(temporary, name), contents);
    for (const { name } of files) await rename(join(temporary, name), join(out, name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await dropStale(out, new Set(files.map(({ name }) => name)));
}

const isChunk = (name) => name.startsWith('chunk-');

/** Removes entries that have no source any more, and chunks and temporary folders left over from long ago. */
async function dropStale(out, current) {
  for (const file of await readdir(out)) {
    if (current.has(file) || isOfOthers(relative(root, join(out, file)))) continue;
    const lasting = isChunk(file) || file.startsWith('.build-');
    const { mtimeMs } = await stat(join(out, file)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (lasting && Date.now() - mtimeMs < KEEP_MILLISECONDS) continue;
    await rm(join(out, file), { recursive: true, force: true });
  }
}

/** Whether a folder is another target's, or has one in it. */
const isOfOthers = (folder) =>
  [...targets, ...functions].some((target) => `${target.folder}/`.startsWith(`${folder}/`));

/** Builds what has changed. Returns the folders that were built. */
export const buildAll = () => buildThose(targets);

/** The same of the functions of Lambda. Each folder is what a function is deployed from; its build.json names what went into it. */
export const buildLambda = () => buildThose(functions);

/**
 * The same of programs of the tests, into a folder of this checkout, below which their packages are found.
 * @param {string} folder @param {Record<string, string>} entries name -> source
 */
export const buildPrograms = (folder, entries) =>
  buildThose([{ folder, entries, options: { platform: 'node', target: 'node20', splitting: true } }]);

async function buildThose(wanted) {
  const built = [];
  for (const target of wanted) {
    if (present(target.entries).length === 0 || (await isFresh(target))) continue;
    await build(target);
    built.push(target.folder);
  }
  return built;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const start = performance.now();
  try {
    const built = await (process.argv[2] === 'lambda' ? buildLambda() : buildAll());
    if (built.length > 0)
      process.stderr.write(`built ${built.join(', ')} in ${Math.round(performance.now() - start)} ms\n`);
  } catch (error) {
    const shown = error.errors ? '' : `: ${error.stack ?? error}`;
    process.stderr.write(`The build failed, dist/ is as it was${shown}\n`);
    process.exitCode = 1;
  }
}
