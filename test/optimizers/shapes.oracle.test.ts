/** Shapes of the unit tests: as the paper's authors' own program has them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ScaleName, scales } from '@anneal/optimizers/suite/catalogue.ts';
import { chain, type PrototypeName, prototypes } from '@anneal/optimizers/suite/chain.ts';
import oracle from '../oracles/optimizers/optimbench.json' with { type: 'json' };

/** The authors turn slopes into angles in degrees and back, which costs digits where it is steep. */
function near(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-7 * (1 + Math.abs(expected)), `${what}: ${actual} is not ${expected}`);
}

test('values and slopes of every prototype and of chains, at every scale', () => {
  const seen = new Set<string>();
  for (const { shapes, scale, values, slopes } of oracle.shapes) {
    const shape = chain(shapes as PrototypeName[], scales[scale as ScaleName]);
    for (const name of shapes) seen.add(name);
    for (const [i, x] of oracle.points.entries()) {
      near(shape.value(x), values[i]!, `${shapes.join('-')}, ${scale}, value at ${x}`);
      near(shape.slope(x), slopes[i]!, `${shapes.join('-')}, ${scale}, slope at ${x}`);
    }
  }
  assert.deepEqual([...seen].sort(), Object.keys(prototypes).sort());
});

test('what is not a number comes out as none', () => {
  for (const name of Object.keys(prototypes) as PrototypeName[]) {
    const shape = chain(['line', name], scales.normal);
    assert.ok(Number.isNaN(shape.value(Number.NaN)), name);
  }
});
