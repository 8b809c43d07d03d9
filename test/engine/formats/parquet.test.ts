/** Oracle: pyarrow reads what we write. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type ParquetColumn, writeParquet } from '../../../services/engine/formats/parquet.ts';
import { pythonEnvironment, runPython } from '../../oracles/python/environment.ts';
import { temporaryFolder } from '../data/small-set.ts';

const environment = await pythonEnvironment();

/** Numbers as text: JSON has no NaN, and repr keeps every bit. */
const script = `
import sys, json, pyarrow.parquet
table = pyarrow.parquet.read_table(sys.argv[1])
text = lambda value: None if value is None else repr(value)
print(json.dumps([{f.name: str(f.type) for f in table.schema}, {n: [text(v) for v in table[n].to_pylist()] for n in table.column_names}]))
`;

describe('read by pyarrow', { skip: 'reason' in environment && environment.reason }, () => {
  const { python } = environment as { python: string };

  it('keeps names, types and every bit', async (t) => {
    const file = path.join(await temporaryFolder(t), 'x.parquet');
    const columns: ParquetColumn[] = [
      { name: 'step', type: 'INT32', values: Int32Array.of(1, 2, -(2 ** 31), 2 ** 31 - 1) },
      { name: 'loss', type: 'DOUBLE', values: Float64Array.of(0.1, Number.NaN, Infinity, 5e-324) },
      { name: 'score', type: 'DOUBLE', values: [null, 1, null, -0.5] },
      { name: 'gone', type: 'DOUBLE', values: [null, null, null, null] },
    ];
    await writeFile(file, writeParquet(columns));
    const [types, read] = JSON.parse(await runPython(python, script, file));
    assert.deepEqual(types, { step: 'int32', loss: 'double', score: 'double', gone: 'double' });
    assert.deepEqual(read, {
      step: ['1', '2', '-2147483648', '2147483647'],
      loss: ['0.1', 'nan', 'inf', '5e-324'],
      score: [null, '1.0', null, '-0.5'],
      gone: [null, null, null, null],
    });
  });

  it('holds many rows, few or none, and finds rows by value though a NaN is among them', async (t) => {
    const file = path.join(await temporaryFolder(t), 'x.parquet');
    const count = `
import sys, pyarrow.parquet
print(pyarrow.parquet.read_table(sys.argv[1]).num_rows, pyarrow.parquet.read_table(sys.argv[1], filters=[('loss', '>', 2.0)]).num_rows)
`;
    for (const rows of [0, 1, 250_000]) {
      const loss = Float64Array.from({ length: rows }, (_, row) => (row === 0 ? Number.NaN : row % 4));
      const step = Int32Array.from({ length: rows }, (_, row) => row + 1);
      const bytes = writeParquet([
        { name: 'step', type: 'INT32', values: step },
        { name: 'loss', type: 'DOUBLE', values: loss },
      ]);
      await writeFile(file, bytes);
      const above = loss.filter((value) => value > 2).length;
      assert.equal((await runPython(python, count, file)).trim(), `${rows} ${above}`);
    }
  });
});

it('refuses columns of different lengths', () => {
  const columns: ParquetColumn[] = [
    { name: 'a', type: 'INT32', values: [1, 2] },
    { name: 'b', type: 'DOUBLE', values: [1] },
  ];
  assert.throws(() => writeParquet(columns), /rows|length/);
});
