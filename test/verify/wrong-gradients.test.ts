/** Wrong gradients of the kinds that people write: every one is found, and no right twin is accused. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Realm } from './in-process.ts';

const folder = fileURLToPath(new URL('wrong-gradients/', import.meta.url));
const kinds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const realm = new Realm();

test('there are at least thirty kinds', () => assert.ok(kinds.length >= 30, String(kinds.length)));

for (const { name } of kinds) {
  test(`${name}: found`, async () => {
    const wrong = (await realm.check(join(folder, name, 'wrong.ts'))).filter(({ verdict }) => verdict !== 'pass');
    assert.equal(wrong.length, 1, JSON.stringify(wrong));
    const { verdict, cause, message } = wrong[0]!;
    assert.deepEqual([verdict, cause], ['fail', 'wrong-gradient'], message);
    if (process.env.SHOW) console.log(name, message);
  });

  test(`${name}: its right twin is not accused`, async () => {
    const findings = await realm.check(join(folder, name, 'right.ts'));
    for (const { verdict, message } of findings) assert.equal(verdict, 'pass', message);
    const { evidence } = findings.at(-1)!;
    assert.ok((evidence.worstError as number) < 1e-6 && (evidence.parameters as number) >= 5);
  });
}
