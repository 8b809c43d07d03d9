/** A module that is text, as a spec carries it, as one script. It may import TF.js and nothing else; errors name its lines, or those of the files that were bundled into it. */
import type { OwnModule } from '@anneal/schemas';
import { type ModuleBundle, refusal, scriptOf, withTensorFlow } from './bundle.ts';
import type { Place } from './fault.ts';

/** @throws ModuleFault */
export async function bundleText({ code, name }: OwnModule): Promise<ModuleBundle> {
  const loader = name.slice(name.lastIndexOf('.') + 1).replace(/^m/, '') as 'ts' | 'tsx' | 'js' | 'jsx';
  const stdin = { contents: code, sourcefile: name, loader };
  const script = await scriptOf({ stdin, absWorkingDir: '/' }, '/', alone, (file) => file);
  return { ...script, name, root: null };
}

function alone(setUp: Parameters<typeof withTensorFlow>[0]): void {
  withTensorFlow(setUp);
  setUp.onResolve({ filter: /.*/ }, ({ path }) => {
    const why =
      refusal(path) ??
      'a spec carries one module, which may import TF.js alone; give `file` to the command line, which bundles';
    return { errors: [{ text: `'${path}' can't be imported: ${why}` }] };
  });
}

interface Entry {
  readonly originalSource: string;
  /** Both from 0. */
  readonly originalLine: number;
  readonly originalColumn: number;
}

/** A place of its source map; the map holds the text. */
export function placeInText({ map }: ModuleBundle, { originalSource, originalLine, originalColumn }: Entry): Place {
  const { sources, sourcesContent } = JSON.parse(map) as { sources: string[]; sourcesContent?: (string | null)[] };
  const named = (path: string): string => path.replace(/^file:\/\//, '').replace(/^\//, '');
  const index = sources.findIndex((source) => named(source) === named(originalSource));
  const text = sourcesContent?.[index]?.split(/\r?\n/)[originalLine];
  return { file: named(originalSource), line: originalLine + 1, column: originalColumn + 1, text };
}
