/** Predictions as tables: quoting, probabilities, numbers that come back as they were. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { encodePredictions, type PredictionTable } from '../../services/runner/predictions.ts';

const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString();

const named: PredictionTable = {
  rows: Int32Array.of(3, 8),
  outputs: Float32Array.of(0, Math.log(3), Math.log(4), 0),
  width: 2,
  classes: ['a "b", c', 'say "d"'],
  probability: 'softmax',
};

test('CSV quotes names as RFC 4180 says, and gives the probabilities of the softmax', () => {
  assert.equal(
    text(encodePredictions(named, 'csv')),
    'row,class,"a ""b"", c","say ""d"""\n3,"say ""d""",0.25,0.75\n8,"a ""b"", c",0.800000012,0.200000003\n',
  );
});

test('JSONL says the same', () => {
  const rows = text(encodePredictions(named, 'jsonl')).trimEnd().split('\n');
  assert.deepEqual(JSON.parse(rows[0]!), { row: 3, class: 'say "d"', 'a "b", c': 0.25, 'say "d"': 0.75 });
});

test('Parquet keeps the types', async () => {
  const { bytes } = encodePredictions(named, 'parquet');
  const rows = await parquetReadObjects({ file: bytes.slice().buffer as ArrayBuffer });
  assert.deepEqual(rows[0], { row: 3, class: 'say "d"', 'a "b", c': 0.25, 'say "d"': 0.75 });
});

test('sigmoids are each their own probability', () => {
  const table = { ...named, probability: 'sigmoid' as const, outputs: Float32Array.of(0, Math.log(3), 0, 0) };
  assert.match(text(encodePredictions(table, 'csv')), /\n3,"say ""d""",0\.5,0\.75\n/);
});

test('numbers come as they are, in digits that give them back; what is none is null', () => {
  const values = Float32Array.of(1 / 3, -2, Number.NaN, 1e-20);
  const table: PredictionTable = {
    rows: Int32Array.of(0, 1),
    outputs: values,
    width: 2,
    classes: null,
    probability: null,
  };
  const lines = text(encodePredictions(table, 'csv')).trimEnd().split('\n');
  assert.equal(lines[0], 'row,output_0,output_1');
  const [, third, minus] = lines[1]!.split(',');
  assert.equal(Math.fround(Number(third)), values[0]);
  assert.equal(minus, '-2');
  const [, nan, small] = lines[2]!.split(',');
  assert.equal(nan, 'null');
  assert.equal(Math.fround(Number(small)), values[3]);
});
