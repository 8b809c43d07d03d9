/**
 * docs/checks/: a page for each check before a run and each rule of the diagnosis. Pages of rules are made of the docblock of the rule, its line in the tables of
 * docs/diagnosis.md and what real runs came to (docs/assets/diagnosis/, by `npm run pictures:diagnosis`); pages of checks are written by hand, and
 * the block with their runs is filled.
 */
import { readdir, readFile } from 'node:fs/promises';
import type { Finding } from '@anneal/schemas';
import { explainFinding } from '../../../sdk/cli/explain-finding.ts';
import { rules } from '../../../services/diagnose/rules/index.ts';
import type { Rule } from '../../../services/diagnose/rules/rule.ts';
import type { Shown } from '../../../test/diagnose/pictures/shown.ts';
import { docblock } from './docblock.ts';

const root = new URL('../../../', import.meta.url);
const HEADER = '<!-- Made by `npm run generate`. Generated, do not edit. -->';
const BLOCK = /(<!-- runs: begin[^>]*-->\n)[\s\S]*(<!-- runs: end -->)/;

const read = (file: string): Promise<string> => readFile(new URL(file, root), 'utf8');

export async function checkPages(): Promise<Record<string, string>> {
  const tables = await read('docs/diagnosis.md');
  const ofRules = await Promise.all(rules.map((rule) => rulePage(rule, tables)));
  const names = (await readdir(new URL('docs/checks/', root))).filter((file) => file !== 'README.md');
  const ofChecks = names.filter((file) => !rules.some(({ cause }) => `${cause}.md` === file)).sort();
  const filled = await Promise.all(ofChecks.map((file) => checkPage(file)));
  return {
    ...Object.fromEntries([...ofRules, ...filled].map(({ name, page }) => [`docs/checks/${name}.md`, page])),
    'docs/checks/README.md': list(filled, ofRules),
  };
}

interface Page {
  readonly name: string;
  readonly page: string;
  /** Its first sentence. */
  readonly about: string;
}

async function rulePage({ cause, experiment }: Rule, tables: string): Promise<Page> {
  const file = `services/diagnose/rules/${cause}.ts`;
  const told = await docblock(file);
  const cells = rowOf(tables, cause);
  const page = [
    HEADER,
    `# \`${cause}\``,
    told,
    `Defined in [${file}](../../${file}). A rule of [the diagnosis](../diagnosis.md).`,
    `| looks at | threshold, suspicious → sure | usual mend |\n|---|---|---|\n| ${cells.join(' | ')} |`,
    '## A sick and a healthy run',
    await runs(cause),
    '## To be sure',
    experiment,
  ];
  return { name: cause, page: `${page.join('\n\n')}\n`, about: firstSentence(told) };
}

/** What the tables of docs/diagnosis.md say of a cause. */
function rowOf(tables: string, cause: string): string[] {
  const line = tables.split('\n').find((text) => text.startsWith(`| \`${cause}\` |`));
  if (!line) throw new Error(`docs/diagnosis.md has no line for ${cause}`);
  return line
    .split('|')
    .slice(2, 5)
    .map((cell) => cell.trim());
}

async function checkPage(file: string): Promise<Page> {
  const name = file.replace('.md', '');
  const text = await read(`docs/checks/${file}`);
  if (!BLOCK.test(text)) throw new Error(`docs/checks/${file} has no block 'runs'`);
  const shown = await runs(name);
  const page = text.replace(BLOCK, (_all, begin, end) => `${begin}\n${shown}\n\n${end}`);
  return { name, page, about: firstSentence(text.split('\n').slice(2).join('\n')) };
}

/** The picture of two real runs, and what was found of them. */
async function runs(name: string): Promise<string> {
  const shown = JSON.parse(await read(`docs/assets/diagnosis/${name}.json`)) as Shown;
  const { kind, sick, healthy, finding, healthyFinding } = shown;
  const alt = `${name}: ${sick}; ${healthy}`;
  const caption =
    kind === 'rule'
      ? `Left: ${sick}, as it was submitted. Right: ${healthy.startsWith('with ') ? 'the same ' : ''}${healthy}.`
      : `Sick: ${sick}. Healthy: ${healthy}.`;
  return [
    `![${alt}](../assets/diagnosis/${name}.svg)`,
    caption,
    `What was found of the sick one:\n\n\`\`\`text\n${described(finding)}\n\`\`\``,
    afterwards(shown, healthyFinding),
  ].join('\n\n');
}

function afterwards({ kind }: Shown, found: Finding | null): string {
  if (kind === 'rule' && found === null) return 'Of the healthy one nothing was found.';
  return `Of the healthy one:\n\n\`\`\`text\n${described(found!)}\n\`\`\``;
}

/** No terminal: without colours. */
const plain = { isTTY: false, write: () => true };
/** What tells it from other causes has a heading of its own. */
const described = ({ experiment: _own, ...finding }: Finding): string => explainFinding(finding, plain);

const firstSentence = (text: string): string =>
  (/^[\s\S]*?[.:](?=\s|$)/.exec(text.trim())?.[0] ?? text).replaceAll('\n', ' ').replace(/:$/, '.');

const list = (checks: readonly Page[], ofRules: readonly Page[]): string =>
  [
    HEADER,
    '# Checks and rules, page by page',
    'What each looks at, its thresholds and where they come from, a sick and a healthy run as they really came out (`npm run pictures:diagnosis`), and the usual mends. A dashed line in a picture is where its rule becomes suspicious; what is 0 lies at the bottom of a logarithmic axis.',
    '## Before a run',
    'How they are run, and how a pipeline gates on them: [checks](../checks.md).',
    table(checks),
    '## While it trains and after',
    'How causes are ranked, and how good that is: [diagnosis](../diagnosis.md).',
    table(ofRules),
  ]
    .join('\n\n')
    .concat('\n');

const table = (pages: readonly Page[]): string =>
  [
    '| page | |',
    '|---|---|',
    ...pages.map(({ name, about }) => `| [\`${name}\`](${name}.md) | ${about.replaceAll('|', '\\|')} |`),
  ].join('\n');
