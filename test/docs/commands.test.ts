/** Commands in the documents: `anneal` and its flags, npm scripts and curl's routes exist; shown output is the real one. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { routes } from '@anneal/api/routes/index.ts';
import { blocksOf, pageNamed, pages, root } from './pages.ts';

const run = promisify(execFile);
const binary = join(root, 'sdk/bin/anneal.mjs');
const home = mkdtempSync(join(tmpdir(), 'anneal-docs-'));
after(() => rmSync(home, { recursive: true, force: true }));
const { ANNEAL_URL, ANNEAL_TOKEN, ...inherited } = process.env;
/** No service of the user's is met. */
const env = { ...inherited, ANNEAL_HOME: home };

const helps = new Map<string, Promise<string>>();
/** Of a command, as in `jobs` or `optimizers test`, or of `anneal` itself for ''. */
function help(command: string): Promise<string> {
  const known = helps.get(command);
  if (known) return known;
  const args = [binary, ...command.split(' ').filter(Boolean), '--help'];
  const asked = run(process.execPath, args, { env }).then(({ stdout }) => stdout.trimEnd());
  helps.set(command, asked);
  return asked;
}

const commandNames = async (of = ''): Promise<string[]> => {
  const [, list = ''] = (await help(of)).split('\nCommands:\n');
  return [...list.matchAll(/^ {2}([a-z]+)[ <[]/gm)].map(([, name]) => name!);
};
const flags = (text: string) => new Set(text.match(/(?<=[\s,])--?[a-zA-Z][\w-]*/g));

/** Lines of all shell blocks, continued lines joined, comments dropped. */
const lines = blocksOf('sh').flatMap(({ place, text }) =>
  text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => ({ place, line: line.replace(/(?:^|\s)#.*$/, '').trim() }))
    .filter(({ line }) => line !== ''),
);

test('anneal commands and their flags exist', async () => {
  const names = await commandNames();
  assert.ok(names.length >= 14, names.join());
  const used = lines.filter(({ line }) => line.startsWith('npx anneal '));
  assert.ok(used.length > 0);
  for (const { place, line } of used) {
    const [, , command = '', ...words] = line.split(/\s+/);
    assert.ok(names.includes(command), `${place}: there is no command '${command}'`);
    const whole = (await commandNames(command)).includes(words[0]!) ? `${command} ${words[0]}` : command;
    const known = new Set([...flags(await help('')), ...flags(await help(whole))]);
    for (const word of words.filter((each) => /^--?[a-z]/i.test(each)))
      assert.ok(known.has(word.split('=')[0]!), `${place}: anneal ${whole} has no ${word}`);
  }
  for (const { name, text } of pages)
    for (const [, command] of text.matchAll(/(?:npx|`)\s*anneal ([a-z]+)/g))
      assert.ok(names.includes(command!), `${name}: there is no command '${command}'`);
});

test('npm scripts exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  for (const { name, text } of pages)
    for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g))
      assert.ok(script! in scripts, `${name}: package.json has no script '${script}'`);
});

test('curl calls routes that there are', () => {
  const calls = lines.filter(({ line }) => line.startsWith('curl '));
  assert.ok(calls.length > 0);
  for (const { place, line } of calls) {
    const method = /-X (\w+)/.exec(line)?.[1]?.toLowerCase() ?? 'get';
    const path = /\$ANNEAL_URL([^?"]*)/.exec(line)?.[1] ?? '';
    const found = routes.some(({ endpoint }) => endpoint.method === method && patternOf(endpoint.path).test(path));
    assert.ok(found, `${place}: there is no ${method} ${path}`);
  }
});

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\+\w+\}/g, '.+').replace(/\{\w+\}/g, '[^/]+')}$`);

for (const { place, mark, text } of blocksOf('text').filter(({ mark }) => mark.startsWith('help')))
  test(`${place}: ${mark}`, async () => assert.equal(text, await help(mark.slice('help='.length))));

test('docs/cli.md has a section for every command', async () => {
  const shown = pageNamed('docs/cli.md').blocks.map(({ mark }) => mark.replace(/^help=?/, ''));
  for (const name of await commandNames())
    assert.ok(name === 'help' || shown.includes(name), `'${name}' is not in docs/cli.md`);
});

for (const { place, text } of blocksOf('console').filter(({ mark }) => mark === 'run'))
  test(`${place}: the output shown`, async () => {
    const [first = '', ...expected] = text.split('\n');
    const command = first.replace(/^\$ npx anneal /, `"${process.execPath}" "${binary}" `);
    const script = `${command} 2>&1 || true`;
    const { stdout } = await run('sh', ['-c', script], { cwd: root, env });
    assert.equal(expected.join('\n'), stdout.trimEnd());
  });
