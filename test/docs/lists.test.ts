/** Lists in the documents are those of the code. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { routes } from '@anneal/api/routes/index.ts';
import { checkNames, errorCodes } from '@anneal/schemas';
import { exit } from '../../sdk/cli/exit.ts';
import * as errors from '../../sdk/client/errors.ts';
import { rules } from '../../services/diagnose/rules/index.ts';
import { pageNamed, root, tableBelow } from './pages.ts';

const source = (file: string) => readFileSync(join(root, file), 'utf8');

test('error codes, with status and whether to try again', () => {
  const page = pageNamed('docs/http.md');
  assert.deepEqual(tableBelow(page, 'Errors'), Object.keys(errorCodes));
  for (const [code, [status, retryable]] of Object.entries(errorCodes))
    assert.match(page.text, new RegExp(`^\\| \`${code}\` \\| ${status} \\| ${retryable ? 'yes' : 'no'} \\| \\S`, 'm'));
});

test('routes', () => {
  const expected = routes.map(({ endpoint: { method, path } }) => `${method.toUpperCase()} ${path.replace('{+', '{')}`);
  assert.deepEqual(tableBelow(pageNamed('docs/http.md'), 'Routes'), expected);
});

test('exit codes', () => {
  const page = pageNamed('docs/cli.md');
  for (const [name, code] of Object.entries(exit))
    assert.match(page.text, new RegExp(`^\\| ${code} \\| ${name} \\|`, 'm'));
});

test('errors of the set-up', () => {
  const type = /type SetUpErrorCode =([^;]+);/.exec(source('infra/setup/index.d.mts'))?.[1] ?? '';
  const codes = [...type.matchAll(/'(\w+)'/g)].map(([, code]) => code);
  assert.ok(codes.length > 0);
  assert.deepEqual(tableBelow(pageNamed('docs/troubleshooting-setup.md'), 'Errors of the set-up'), codes);
});

test('checks, and the causes they name', () => {
  const { prose } = pageNamed('docs/checks.md');
  const listed = prose.flatMap((line) => /^\| \[`([a-z-]+)`\]/.exec(line)?.[1] ?? []);
  assert.deepEqual(listed.toSorted(), checkNames.toSorted());
  const text = checkNames.map((name) => pageNamed(`docs/checks/${name}.md`).text).join('\n');
  const folder = 'services/verify/checks/';
  let causes = 0;
  for (const file of readdirSync(join(root, folder))) {
    const code = source(folder + file).replace(/\s+/g, ' ');
    const found = [
      ...code.matchAll(/found\( ?(?:NAME|'[\w-]+'), [^']*'(?:fail|warn)'?[^']*(?: : '\w+')?, '([\w-]+)'/g),
    ];
    const named = [...code.matchAll(/cause = [^;]*;/g)].flatMap(([line]) => [...line!.matchAll(/'([\w-]+)'/g)]);
    for (const [, cause] of [...found, ...named]) {
      causes += 1;
      assert.ok(text.includes(`\`${cause}\``), `no page of docs/checks/ explains the cause '${cause}'`);
    }
  }
  assert.ok(causes >= 14, `${causes} causes`);
});

test('causes of the diagnosis', () => {
  const page = pageNamed('docs/diagnosis.md');
  const [first] = /\d+(?= rules)/.exec(page.text) ?? [];
  assert.equal(first, String(rules.length));
  const documented = page.prose.flatMap((line) => /^\| `([a-z-]+)` \|/.exec(line)?.[1] ?? []);
  assert.deepEqual(documented.toSorted(), rules.map(({ cause }) => cause).toSorted());
});

test('error classes of the SDK', () => {
  const { text } = pageNamed('docs/sdk.md');
  for (const [name, value] of Object.entries(errors))
    if (typeof value === 'function' && name.endsWith('Error')) assert.ok(text.includes(`\`${name}\``), name);
});
