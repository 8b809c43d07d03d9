/** Pages with a block that shows real output: the block is filled from a file in docs/assets/, and left alone while there is none. */
import { access, readFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);

interface Feed {
  readonly page: string;
  /** Between `<!-- NAME: begin … -->` and `<!-- NAME: end -->`. */
  readonly name: string;
  readonly asset: string;
  /** Set for output that is shown as it is; without it the asset is Markdown. */
  readonly fence?: string;
  /** Shown after it where the file exists. */
  readonly picture?: { readonly asset: string; readonly alt: string };
}

const feeds: readonly Feed[] = [
  {
    page: 'README.md',
    name: 'quickstart',
    asset: 'docs/assets/quickstart.txt',
    fence: 'text',
    picture: { asset: 'docs/assets/quickstart-loss.svg', alt: 'Loss of the quickstart over its steps' },
  },
  {
    page: 'docs/optimizers.md',
    name: 'tests',
    asset: 'docs/assets/optimizer-tests.txt',
    fence: 'text',
  },
  { page: 'docs/benchmarks.md', name: 'bench', asset: 'docs/assets/bench.md' },
];

/** page -> its text with the blocks filled; pages without an asset are left out. */
export async function fedPages(): Promise<Record<string, string>> {
  const pages = await Promise.all(
    feeds.map(async (feed) => {
      const asset = await readFile(new URL(feed.asset, root), 'utf8').catch(() => undefined);
      if (asset === undefined) return [];
      return [[feed.page, await fill(feed, asset.trim())] as const];
    }),
  );
  return Object.fromEntries(pages.flat());
}

async function fill({ page, name, fence, picture }: Feed, asset: string): Promise<string> {
  const text = await readFile(new URL(page, root), 'utf8');
  const [, before, after] =
    new RegExp(`^([\\s\\S]*<!-- ${name}: begin[^>]*-->\\n)[\\s\\S]*(<!-- ${name}: end -->[\\s\\S]*)$`).exec(text) ?? [];
  if (before === undefined || after === undefined) throw new Error(`${page} has no block '${name}'`);
  const shown = fence === undefined ? asset : `\`\`\`${fence}\n${asset}\n\`\`\``;
  const drawn = picture && (await exists(picture.asset)) ? `\n\n![${picture.alt}](${picture.asset})` : '';
  return `${before}\n${shown}${drawn}\n\n${after}`;
}

const exists = (file: string): Promise<boolean> =>
  access(new URL(file, root)).then(
    () => true,
    () => false,
  );
