/** `anneal optimizers`, by the real binary. */
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anneal, temporaryFolder } from './anneal.ts';

const signum = fileURLToPath(new URL('../../examples/signum.mjs', import.meta.url));

test("tests of a rule of ours and of one's own, as a table, as JSON and as a map", async (t) => {
  const folder = await temporaryFolder(t);
  const args = ['optimizers', 'test', 'adagrad', signum, '--every', '100'];
  const shown = await anneal([...args, '--svg', 'map.svg'], { folder });
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /^\d+ of 2040 tests, 100 steps, 10 repetitions\n/);
  assert.match(shown.stdout, /\nfamily +adagrad +signum\n1D noiseless +\d+ % +\d+ %\n/);
  assert.match(shown.stdout, /\nsignum: rate [\d.e-]+, decay 0\.\d+\n/);
  assert.match(await readFile(join(folder, 'map.svg'), 'utf8'), /^<svg .*adagrad.*signum.*<\/svg>\n$/s);
  const json = await anneal(['--json', ...args], { folder });
  const { tests, rules } = JSON.parse(json.stdout) as {
    tests: string[];
    rules: { rule: string; settings: unknown[] }[];
  };
  assert.deepEqual(
    rules.map(({ rule, settings }) => [rule, settings.length]),
    [
      ['adagrad', 7],
      ['signum', 21],
    ],
  );
  assert.ok(shown.stdout.startsWith(`${tests.length} of`));
});

test("a rule of one's own in TypeScript, with a file that it imports", async (t) => {
  const folder = await temporaryFolder(t);
  const rule = `import { sign } from './sign';
export enum Kind { Signed = 'signed' }
interface Given<T> { readonly w: T; readonly g: T; readonly rate: T }
export default {
  name: Kind.Signed,
  rates: [0.1],
  apply: <T>(ops: Parameters<typeof sign<T>>[0], { w, g, rate }: Given<T>) => ({ w: ops.sub(w, ops.mul(rate, sign(ops, g))) }),
};
`;
  const sign = `interface Ops<T> { sub(a: T, b: T): T; mul(a: T, b: T): T; sign(x: T): T }
export const sign = <T>(ops: Ops<T>, x: T): T => ops.sign(x);
`;
  await writeFile(join(folder, 'own.ts'), rule);
  await writeFile(join(folder, 'sign.ts'), sign);
  const { code, stdout, stderr } = await anneal(['optimizers', 'race', './own.ts', '--on', 'ravine'], { folder });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /\nsigned +0\.1 +[\d.e-]+\n/);
});

test('the name of a rule is text in the map of verdicts', async (t) => {
  const folder = await temporaryFolder(t);
  const rule =
    "export default { name: 'a<b', rates: [0.1], apply: (ops, { w, g, rate }) => ({ w: ops.sub(w, ops.mul(rate, g)) }) };";
  await writeFile(join(folder, 'own.mjs'), rule);
  const shown = await anneal(['optimizers', 'test', './own.mjs', '--every', '500', '--svg', 'map.svg'], { folder });
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(await readFile(join(folder, 'map.svg'), 'utf8'), />a&lt;b</);
});

test('a race leaves a picture and says where everyone stands', async (t) => {
  const folder = await temporaryFolder(t);
  const shown = await anneal(['optimizers', 'race', 'sgd', 'adam', '--on', 'rosenbrock', '--rate', '1'], { folder });
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(shown.stdout, /sgd +1 +diverged in step \d+\nadam +1 +[\d.]+\n\nrace\.svg\n$/);
  assert.match(await readFile(join(folder, 'race.svg'), 'utf8'), /<animate /);
});

for (const [name, args, says] of [
  ['a misspelt rule', ['test', 'adm'], /adm: is not known; did you mean 'adam'\? \(allowed: sgd, .*\); or name a file/],
  ['a full-batch rule', ['race', 'l-bfgs'], /l-bfgs: is not known; .*Full-batch rules can't be tried/],
  ['a misspelt surface', ['race', '--on', 'sadle'], /--on sadle: is not known; did you mean 'saddle'/],
  ['a surface that every object has', ['race', '--on', 'toString'], /--on toString: is not known/],
  ['a step count', ['race', '--steps', '0'], /--steps 0: must be a whole number above 0/],
  ['a rate', ['race', '--rate', '-1'], /--rate -1: must be a number above 0/],
  ['a file that is not there', ['test', './nix.mjs'], /nix\.mjs can't be loaded: Cannot find module/],
  ['a TypeScript file that is not there', ['test', './nix.ts'], /nix\.ts can't be loaded: Cannot find module/],
  ['TypeScript that is none', ['test', './torn.ts'], /torn\.ts can't be loaded: .*Unexpected token/],
  ['a module without a default export', ['test', './named.ts'], /named\.ts: default export: must be a rule/],
  ['a module that is no rule', ['test', './wrong.mjs'], /wrong\.mjs: apply: 3 is not allowed: must be a function/],
  ['a place that cannot be written', ['race', 'sgd', '-o', './no/race.svg'], /no\/race\.svg can't be written/],
] as const) {
  test(`refused: ${name}`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'wrong.mjs'), 'export default { name: "wrong", apply: 3 };');
    await writeFile(join(folder, 'torn.ts'), 'export default { name: ;');
    await writeFile(join(folder, 'named.ts'), "export const name = 'named';");
    const before = await readdir(folder);
    const { code, stdout, stderr } = await anneal(['optimizers', ...args], { folder });
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.deepEqual(await readdir(folder), before);
  });
}
