/** Ids of jobs that one process makes: in the order of their making, whatever the clock does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growingJobIds } from '../../services/core/ids.ts';

test('ids grow within a millisecond, over a carry, and when the clock goes back', () => {
  const newId = growingJobIds();
  const times = [...Array(5000).fill(1_800_000_000_000), 1_799_999_999_000, 1_800_000_000_001, 1_800_000_000_001, 5];
  const ids = times.map(newId);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^job_[0-9a-z]{26}$/);
});
