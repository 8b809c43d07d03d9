/** CSV: what is read, and what is named by line and column. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { load, write } from './loading.ts';

describe('CSV', () => {
  const table = {
    type: 'csv',
    file: 'table.csv',
    features: ['size', 'colour'],
    label: 'kind',
    classes: ['cat', 'dog'],
    categories: { colour: ['red', 'blue'] },
  };
  const read = async (text: string, changes: object = {}) => {
    await write('table.csv', text);
    return load({ ...table, ...changes, split: { validation: 0 } });
  };

  it('reads numbers, one-hot categories and named classes', async () => {
    const { inputs, labels, classNames } = await read('kind,size,"colour"\r\ndog,1.5,blue\r\n"cat",-2e3,red\r\n');
    assert.deepEqual([...inputs.values], [1.5, 0, 1, -2000, 1, 0]);
    assert.deepEqual([...labels.values], [1, 0]);
    assert.deepEqual(classNames, ['cat', 'dog']);
  });

  it('reads several outputs of a regression, with another delimiter', async () => {
    const spec = { features: ['a'], label: ['b', 'c'], classes: undefined, categories: {}, delimiter: ';' };
    const { labels } = await read('a;b;c\n1;2;3\n4;5;6\n', spec);
    assert.deepEqual(labels, { kind: 'values', shape: [2], values: Float32Array.of(2, 3, 5, 6) });
  });

  it('drops or fills empty cells where asked to', async () => {
    const text = 'kind,size,colour\ncat,1,red\ncat,,red\ndog,3,blue\n';
    assert.deepEqual([...(await read(text, { missing: 'drop' })).inputs.values], [1, 1, 0, 3, 0, 1]);
    assert.deepEqual([...(await read(text, { missing: 'mean' })).inputs.values], [1, 1, 0, 2, 1, 0, 3, 0, 1]);
  });

  const bad: [string, string, object, RegExp][] = [
    [
      'an empty cell',
      'kind,size,colour\ncat,1,red\ncat,,red\n',
      {},
      /line 3 of table\.csv: column 'size' is empty; data\.missing: drop or mean/,
    ],
    [
      'mixed types',
      'kind,size,colour\ncat,1,red\ncat,big,red\n',
      {},
      /line 3 of table\.csv: column 'size' is "big", not a finite number/,
    ],
    ['NaN', 'kind,size,colour\ncat,NaN,red\n', {}, /line 2 of table\.csv: column 'size' is "NaN"/],
    ['a ragged row', 'kind,size,colour\ncat,1\n', {}, /table\.csv is no table: .*line 2/],
    [
      'an unknown category',
      'kind,size,colour\ncat,1,green\n',
      {},
      /column 'colour' is "green", not one of data\.categories\.colour: red, blue/,
    ],
    [
      'an unknown class',
      'kind,size,colour\ncow,1,red\n',
      {},
      /column 'kind' is "cow", not one of data\.classes: cat, dog/,
    ],
    [
      'a label outside the classes',
      'kind,size,colour\n2,1,red\n',
      { classes: 2 },
      /column 'kind' is 2, but data\.classes is 2: classes are 0 to 1/,
    ],
    [
      'a column that is not there',
      'kind,colour\ncat,red\n',
      {},
      /data\.features: table\.csv has no column 'size'; it has kind, colour/,
    ],
    ['a file without rows', 'kind,size,colour\n', {}, /table\.csv holds no rows/],
  ];
  for (const [what, text, changes, message] of bad)
    it(`names ${what}`, async () => {
      await assert.rejects(read(text, changes), message);
    });

  it('names NaN in row 3001 by line and column', async () => {
    const lines = Array.from({ length: 4000 }, (_value, i) => `cat,${i === 2999 ? 'nan' : i},red`);
    await assert.rejects(read(['kind,size,colour', ...lines].join('\n')), /line 3001 of table\.csv: column 'size'/);
  });
});
