/** Oracle: closed forms and statistics of a fair shuffle; fixed values, since a stored job's order must never change. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { below, mix, permutation, random } from '../../../services/engine/data/permutation.ts';

describe('sfc32', () => {
  it('gives the same numbers for ever', () => {
    const next = random(1);
    assert.deepEqual([next(), next(), next()], [2643700634, 801889969, 180123609]);
  });

  it('is uniform over 64 bins', () => {
    const next = random(7);
    const counts = new Array<number>(64).fill(0);
    for (let draw = 0; draw < 64_000; draw++) counts[next() >>> 26]! += 1;
    assert.ok(chiSquare(counts, 1000) < 114, 'chi-square, 63 degrees of freedom, p = 1e-4');
  });
});

describe('below', () => {
  it('stays in bounds and is uniform where 2³² is no multiple of the bound', () => {
    const next = random(3);
    const counts = new Array<number>(3).fill(0);
    // A bound of ¾ · 2³¹: plain modulo would favour the lower third by half.
    const bound = 1_610_612_736;
    for (let draw = 0; draw < 30_000; draw++) {
      const value = below(bound, next);
      assert.ok(value >= 0 && value < bound && Number.isInteger(value));
      counts[Math.floor((value / bound) * 3)]! += 1;
    }
    assert.ok(chiSquare(counts, 10_000) < 18.4, 'p = 1e-4');
  });
});

describe('permutation', () => {
  it('holds every number once', () => {
    for (const n of [0, 1, 2, 1000]) {
      assert.deepEqual(
        [...permutation(n, 5)].sort((a, b) => a - b),
        [...Array(n).keys()],
      );
    }
  });

  it('depends on n and seed alone, and gives the same order for ever', () => {
    assert.deepEqual([...permutation(10, 42)], [5, 3, 7, 2, 6, 8, 1, 9, 0, 4]);
    assert.deepEqual(permutation(1000, 9), permutation(1000, 9));
    assert.notDeepEqual(permutation(1000, 9), permutation(1000, 10));
  });

  it('gives each of the 24 orders of 4 equally often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 24_000; seed++) {
      const order = permutation(4, seed).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 24);
    assert.ok(chiSquare([...counts.values()], 1000) < 58.6, '23 degrees of freedom, p = 1e-4');
  });
});

describe('mix', () => {
  it('depends on each number, their order and their count', () => {
    const seeds = [
      mix(),
      mix(0),
      mix(0, 0),
      mix(1, 2),
      mix(2, 1),
      mix(2 ** 40),
      mix(2 ** 41),
      mix(-1),
      mix(2 ** 32 - 1),
    ];
    assert.equal(new Set(seeds).size, seeds.length);
    for (const seed of seeds) assert.ok(seed >= 0 && seed < 2 ** 32 && Number.isInteger(seed));
  });

  it('gives neighbouring epochs different seeds', () => {
    const seeds = Array.from({ length: 10_000 }, (_, epoch) => mix(1, epoch));
    assert.ok(new Set(seeds).size > 9_990);
  });

  it('refuses what is not an integer', () => {
    assert.throws(() => mix(0.5), /takes integers, got 0.5/);
  });
});

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
