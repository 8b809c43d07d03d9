/** The data report names what is wrong with examples that are wrong in one way each, and accuses nothing of sound ones. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { data, type Finding, parse } from '@anneal/schemas';
import { type LoadedData, loadData } from '../../../services/engine/data/load.ts';
import { random } from '../../../services/engine/data/permutation.ts';
import { dataReport } from '../../../services/engine/data/report.ts';

const ROWS = 120;
const next = random(3);
const noise = () => next() / 2 ** 32 - 0.5;

/** Three features and two classes; `change` makes one thing wrong. */
function sound(
  change: (row: number, x: number[]) => number[] = (_row, x) => x,
  label = (row: number) => row % 2,
): LoadedData {
  const rows = Array.from({ length: ROWS }, (_value, row) => change(row, [noise() * 3, noise() * 4, noise() * 2]));
  const index = (from: number, to: number) => Int32Array.from({ length: to - from }, (_value, i) => from + i);
  return {
    inputs: { dtype: 'float32', shape: [ROWS, rows[0]!.length], values: Float32Array.from(rows.flat()) },
    labels: { kind: 'class', classes: 2, values: Int32Array.from({ length: ROWS }, (_value, row) => label(row)) },
    splits: { training: index(0, 80), validation: index(80, 100), test: index(100, 120) },
    scale: { multiply: 1, add: 0 },
    source: 'made by the test',
  };
}

const causes = (findings: readonly Finding[]) => findings.flatMap(({ cause }) => (cause === null ? [] : [cause]));

it('sound examples are accused of nothing', () => {
  assert.deepEqual(causes(dataReport(sound())), []);
});

let kept: number[] = [];
const wrong: [string, LoadedData, string, RegExp][] = [
  [
    'a rare class',
    sound(undefined, (row) => (row === 5 ? 1 : 0)),
    'class-imbalance',
    /1 examples of class 1, 79 of class 0/,
  ],
  ['a class without examples', sound(undefined, () => 1), 'missing-class', /class 0 has no example/],
  [
    'a constant feature',
    sound((_row, [a, , c]) => [a!, 7, c!]),
    'constant-feature',
    /1 of 3 features \(from 0: 1\) never change/,
  ],
  ['a feature twice', sound((_row, [a, b]) => [a!, b!, a!]), 'duplicate-feature', /from 0: 2\) repeat an earlier one/],
  [
    'a training row among those to test on',
    sound((row, x) => {
      if (row === 4) kept = x;
      return row === 110 ? kept : x;
    }),
    'leakage',
    /0 of 20 examples to validate on and 1 of 20 to test on/,
  ],
  [
    'features of very different size',
    sound((_row, [a, b, c]) => [a!, b! * 1e5, c!]),
    'input-scale',
    /the small ones are drowned/,
  ],
  ['features far from 0', sound((_row, x) => x.map((value) => value + 5000)), 'input-scale', /far from 0/],
];
for (const [what, given, cause, message] of wrong)
  it(`${what} is named`, () => {
    const findings = dataReport(given);
    assert.deepEqual(causes(findings), [cause]);
    assert.match(findings.find((finding) => finding.cause === cause)!.message, message);
  });

it('where nothing varies, there is no scale to judge; of one example, nothing', () => {
  const same = sound(() => [3, 4]);
  const { training } = same.splits;
  for (const [given, rules] of [
    [same, ['data-scale']],
    [
      { ...same, splits: { ...same.splits, training: training.slice(0, 1) } },
      ['data-constant', 'data-duplicate', 'data-scale'],
    ],
  ] as const) {
    const findings = dataReport(given);
    const skipped = findings.filter(({ verdict }) => verdict === 'skipped');
    assert.deepEqual(
      skipped.map(({ rule }) => rule),
      rules,
    );
    for (const { message } of findings) assert.doesNotMatch(message, /Infinity|NaN/);
  }
});

it('iris has its known repeated row and nothing else', async () => {
  const iris = await loadData(parse(data, { type: 'iris' }), { seed: 1, dataFolder: '/', log: () => {} });
  const findings = dataReport(iris);
  const leak = findings.find(({ rule }) => rule === 'data-leakage')!;
  assert.ok(Number(leak.evidence.repeated) + Number(leak.evidence.validation) <= 1);
  assert.deepEqual(
    causes(findings).filter((cause) => cause !== 'leakage'),
    [],
  );
});
