/** What is made once for each key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onceEach } from '@anneal/core/once-each.ts';

test('callers at once and later share what was made for their key', async () => {
  const made: string[] = [];
  const of = onceEach(async (key) => made.push(key));
  assert.deepEqual(await Promise.all([of('a'), of('a'), of('b')]), [1, 1, 2]);
  assert.equal(await of('a'), 1);
  assert.deepEqual(made, ['a', 'b']);
});

test('what could not be made is tried again', async () => {
  let tries = 0;
  const of = onceEach(async () => {
    if (++tries === 1) throw new Error('not now');
    return tries;
  });
  await assert.rejects(of('a'), /not now/);
  assert.equal(await of('a'), 2);
});
