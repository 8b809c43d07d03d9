/** The pages of the documentation and their code blocks, as docs/README.md says they are marked. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Block {
  /** As in `docs/cli.md:12`. */
  readonly place: string;
  readonly page: string;
  readonly language: string;
  /** The words after the language: `part`, `run`, `file=…`. */
  readonly mark: string;
  readonly text: string;
}

export interface Page {
  /** Relative to the root. */
  readonly name: string;
  readonly text: string;
  /** The text without its code blocks, line by line. */
  readonly prose: readonly string[];
  readonly blocks: readonly Block[];
}

const names = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('assets/'))
    .map((name) => `docs/${name}`)
    .sort(),
];

export const pages: readonly Page[] = names.map(readPage);

export const blocksOf = (language: string): Block[] =>
  pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language));

export function pageNamed(name: string): Page {
  const page = pages.find((candidate) => candidate.name === name);
  if (!page) throw new Error(`there is no page ${name}`);
  return page;
}

function readPage(name: string): Page {
  const text = readFileSync(root + name, 'utf8');
  const prose: string[] = [];
  const blocks: Block[] = [];
  let open: { place: string; language: string; mark: string; lines: string[] } | undefined;
  text.split('\n').forEach((line, index) => {
    const [, language, mark = ''] = /^```(\w*) ?(.*)$/.exec(line) ?? [];
    if (open && line === '```') {
      blocks.push({ ...open, page: name, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (language !== undefined) open = { place: `${name}:${index + 1}`, language, mark, lines: [] };
    else prose.push(line);
  });
  if (open) throw new Error(`${open.place}: the block is not closed`);
  return { name, text, prose, blocks };
}

/** The first column of the first table below a heading, without its marks. */
export function tableBelow(page: Page, heading: string): string[] {
  const start = page.prose.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`${page.name} has no heading '${heading}'`);
  const rest = page.prose.slice(start + 1);
  const first = rest.findIndex((line) => line.startsWith('|'));
  const length = rest.slice(first).findIndex((line) => !line.startsWith('|'));
  return rest
    .slice(first + 2, length < 0 ? undefined : first + length)
    .map((line) => (line.split('|')[1] ?? '').trim().replaceAll('`', ''));
}
