/** The TypeScript of the documents as programs. */
import { blocksOf, pages } from './pages.ts';

export interface Program {
  readonly place: string;
  /** Where it stands, or would stand, relative to the root. */
  readonly file: string;
  readonly text: string;
}

/** The blocks of a page marked `run`, which are one program. */
export const runnable: readonly Program[] = pages.flatMap(({ name, blocks }) => {
  const own = blocks.filter(({ language, mark }) => language === 'ts' && mark === 'run');
  if (own.length === 0) return [];
  return [{ place: name, file: `${name}.run.ts`, text: own.map(({ text }) => text).join('\n') }];
});

export const programs: readonly Program[] = [
  ...blocksOf('ts')
    .filter(({ mark }) => mark !== 'run')
    .map(({ place, mark, text }, i) => ({
      place,
      file: mark.startsWith('file=') ? mark.slice('file='.length) : `docs/block-${i}.ts`,
      text,
    })),
  ...runnable,
];
