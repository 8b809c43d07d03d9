/** What is opened step by step: undone last first, and at once where a step fails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Undoing, undoable } from '@anneal/api/undoing.ts';

const steps = (undone: string[]) => async (undoing: Undoing) => {
  for (const name of ['a', 'b', 'c']) {
    undoing(async () => {
      undone.push(name);
      if (name === 'b') throw new Error('b could not be undone');
    });
  }
  return 'opened';
};

test('closing undoes all, last first, also past what fails, and once', async () => {
  const undone: string[] = [];
  const { value, close } = await undoable(steps(undone));
  assert.equal(value, 'opened');
  await assert.rejects(close(), /b could not be undone/);
  await close();
  assert.deepEqual(undone, ['c', 'b', 'a']);
});

test('what fails half-way leaves nothing open', async () => {
  const undone: string[] = [];
  const opening = undoable(async (undoing) => {
    undoing(async () => void undone.push('first'));
    throw new Error('the second could not be opened');
  });
  await assert.rejects(opening, /the second could not be opened/);
  assert.deepEqual(undone, ['first']);
});
