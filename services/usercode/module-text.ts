/**
 * A file as the text that a spec carries: itself where it imports nothing but TF.js, else one script with what it imports, whose source map stands at
 * its end, so that errors name the lines of the files.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MOST_CODE, type OwnModule } from '@anneal/schemas';
import { asAuthorSays, confineToFolder, entryOf, faultOf, moduleOptions, TENSORFLOW } from './bundle.ts';
import { ModuleFault } from './fault.ts';

/** @throws ModuleFault */
export async function moduleText(file: string): Promise<OwnModule> {
  const { entry, root } = entryOf(file);
  const { build } = await import('esbuild');
  try {
    const { outputFiles, metafile } = await build({
      ...moduleOptions,
      ...{
        entryPoints: [entry],
        absWorkingDir: root,
        outdir: root,
        format: 'esm',
        sourcemap: 'inline',
        metafile: true,
      },
      plugins: [
        {
          name: 'confined',
          setup(setUp) {
            setUp.onResolve({ filter: TENSORFLOW }, ({ path }) => ({ path, external: true }));
            confineToFolder(setUp, root);
          },
        },
      ],
    });
    const alone = Object.keys(metafile!.inputs).length === 1;
    const code = alone ? await readFile(entry, 'utf8') : outputFiles![0]!.text;
    const name = alone ? basename(entry) : basename(entry).replace(/\.\w+$/, '.js');
    return { code: within(file, code), name };
  } catch (error) {
    throw faultOf(error, (path) => asAuthorSays(path, root, file));
  }
}

function within(file: string, code: string): string {
  if (code.length <= MOST_CODE) return code;
  throw new ModuleFault(
    'invalid_module',
    `${file} has ${code.length} characters with what it imports; a spec takes at most ${MOST_CODE}`,
  );
}
