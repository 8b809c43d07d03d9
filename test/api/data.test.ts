/** Data files of a spec: what is missing, damaged or out of bounds is refused before the job is taken. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { dataFolder } from '@anneal/api/data-folder.ts';
import { splitRows } from '@anneal/engine/data/split.ts';
import { type JobPage, type Problem, splitSizes, type ValidationReport } from '@anneal/schemas';
import { openService, type TestService } from './service.ts';
import { spec } from './spec.ts';

let service: TestService;
let root: string;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'anneal-data-'));
  const folder = path.join(root, 'data');
  await mkdir(path.join(folder, 'set'), { recursive: true });
  const write = (name: string, bytes: Uint8Array) => writeFile(path.join(root, name), bytes);
  await write('data/set/x.npy', npy('<f4', [200, 4], 4));
  await write('data/set/y.npy', npy('<i8', [200], 8));
  await write('data/set/short-y.npy', npy('<i8', [199], 8));
  await write('data/set/cut.npy', npy('<f4', [200, 4], 4));
  await truncate(path.join(folder, 'set/cut.npy'), 1000);
  await write('data/set/empty.npy', npy('<f4', [0, 4], 4));
  await write('data/set/text.npy', new TextEncoder().encode('a,b,c\n1,2,3\n'));
  await write('outside.npy', npy('<f4', [200, 4], 4));
  await symlink(path.join(root, 'outside.npy'), path.join(folder, 'set/link.npy'));
  service = await openService({ data: dataFolder(folder) });
});
after(async () => {
  await service.close();
  await rm(root, { recursive: true });
});

/** An .npy file of zeros, version 1.0. */
function npy(descr: string, shape: readonly number[], width: number): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${dict.padEnd(117)}\n`;
  const lead = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([lead, Buffer.from(header), Buffer.alloc(width * shape.reduce((a, b) => a * b, 1))]);
}

const npySpec = (changes: Record<string, unknown> = {}) =>
  spec({
    data: { type: 'npy', inputs: 'set/x.npy', labels: 'set/y.npy', shape: [4], classes: 3, ...changes },
    model: { layers: [{ type: 'dense', units: 3 }] },
  });

describe('data files', () => {
  it('that are there are counted: steps an epoch are known', async () => {
    const response = await service.post('/v1/jobs/validate', npySpec());
    assert.equal(((await response.json()) as ValidationReport).stepsPerEpoch, Math.ceil(180 / 64));
  });

  it('that are too few for the minibatches of a rule are refused', async () => {
    const own = (minibatches: number) => ({ ...npySpec(), update: { rule: 'sfo', minibatches } });
    for (const target of ['/v1/jobs', '/v1/jobs/validate']) {
      const response = await service.post(target, own(181));
      const { param, detail } = (await response.json()) as Problem;
      assert.deepEqual([response.status, param], [422, 'update.minibatches']);
      assert.match(detail, /the 180 training examples can't be cut into 181/);
    }
    const response = await service.post('/v1/jobs/validate', own(180));
    assert.equal(((await response.json()) as ValidationReport).stepsPerEpoch, 180);
  });

  for (const [name, changes, code, param, message] of [
    ['missing', { inputs: 'set/none.npy' }, 'data_missing', 'data.inputs', /is not there/],
    ['a folder', { inputs: 'set' }, 'data_missing', 'data.inputs', /not a file/],
    ['above the folder', { inputs: '../outside.npy' }, 'invalid_spec', 'data.inputs', /leads out/],
    ['above it in the middle', { inputs: 'set/../../outside.npy' }, 'invalid_spec', 'data.inputs', /leads out/],
    ['absolute', { labels: '/etc/passwd' }, 'invalid_spec', 'data.labels', /leads out/],
    ['a link to the outside', { inputs: 'set/link.npy' }, 'invalid_spec', 'data.inputs', /leads out/],
    ['a name with a zero byte', { inputs: 'set/x\0.npy' }, 'invalid_spec', 'data.inputs', /leads out/],
    [
      'cut off',
      { inputs: 'set/cut.npy' },
      'data_damaged',
      'data.inputs',
      /has 1000 bytes where its shape \[200, 4\] takes/,
    ],
    ['no .npy', { inputs: 'set/text.npy' }, 'data_damaged', 'data.inputs', /is not an \.npy file/],
    ['empty', { inputs: 'set/empty.npy' }, 'data_damaged', 'data.inputs', /holds no rows/],
    ['of different lengths', { labels: 'set/short-y.npy' }, 'data_damaged', 'data.labels', /199 rows.*200/],
  ] as const) {
    it(`that are ${name} are refused`, async () => {
      for (const target of ['/v1/jobs', '/v1/jobs/validate']) {
        const response = await service.post(target, npySpec(changes));
        const problem = (await response.json()) as Problem;
        assert.equal(response.status, 422);
        assert.deepEqual([problem.code, problem.param], [code, param]);
        assert.match(problem.message, message);
      }
      assert.deepEqual((await service.json<JobPage>('/v1/jobs')).items, []);
    });
  }
});

it('the sizes told before the run are those of the run', () => {
  for (const rows of [1, 7, 100, 999]) {
    for (const publishedTest of [0, Math.floor(rows / 7)]) {
      for (const validation of [0, 0.1, 0.5]) {
        for (const test of [undefined, 0, 0.2]) {
          for (const limit of [undefined, 5, 50]) {
            const request = { rows, publishedTest, validation, test, limit };
            const sizes = splitSizes(request);
            if (sizes.training < 1) {
              assert.throws(() => splitRows({ ...request, seed: 1 }), /leaves none to train on/);
              continue;
            }
            const splits = splitRows({ ...request, seed: 1 });
            const run = {
              training: splits.training.length,
              validation: splits.validation.length,
              test: splits.test.length,
            };
            assert.deepEqual(sizes, run, JSON.stringify(request));
          }
        }
      }
    }
  }
});
