/** CIFAR's binary format, as its publisher describes it: labels, then the red, the green and the blue plane. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type AnnealError, type Data, data, dataDefinition, parse } from '@anneal/schemas';
import { createTar } from 'nanotar';
import { entryFolder } from '../../../services/engine/data/cache.ts';
import { loadData } from '../../../services/engine/data/load.ts';
import { cifar10, loadCifar10 } from '../../../services/engine/data/sets/cifar-10.ts';
import { publishedAsIs } from '../../../services/engine/data/sources/publisher.ts';

/** Pixel (y, x) of a record is red `label`, green y, blue x. */
const record = (...labels: number[]): Uint8Array => {
  const plane = (of: (y: number, x: number) => number) =>
    Array.from({ length: 1024 }, (_pixel, i) => of(Math.floor(i / 32), i % 32));
  const label = labels.at(-1)!;
  return Uint8Array.from([...labels, ...plane(() => label), ...plane((y) => y), ...plane((_y, x) => x)]);
};

describe('cifar', () => {
  let folder: string;
  const load = (spec: object) =>
    loadData(parse(data, { type: 'cifar', ...spec }) as Data, { seed: 1, dataFolder: folder, log: () => {} });
  const fails = (spec: object, code: string, message: RegExp) =>
    assert.rejects(load(spec), (error: AnnealError) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'anneal-cifar-'));
    const write = (name: string, records: Uint8Array[]) => writeFile(path.join(folder, name), Buffer.concat(records));
    await write(
      'one.bin',
      [3, 7, 0, 9, 1].map((label) => record(label)),
    );
    await write(
      'two.bin',
      [4, 5].map((label) => record(label)),
    );
    await write('hundred.bin', [record(2, 40), record(19, 99), record(0, 1)]);
    await write('wrong.bin', [record(1), record(10)]);
    await writeFile(path.join(folder, 'short.bin'), record(1).subarray(1));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has colours last, and the test files as test split', async () => {
    const { inputs, labels, splits } = await load({ files: ['one.bin'], testFiles: ['two.bin'] });
    assert.deepEqual(inputs.shape, [7, 32, 32, 3]);
    assert.deepEqual([...labels.values], [3, 7, 0, 9, 1, 4, 5]);
    for (const [row, y, x] of [
      [0, 0, 0],
      [3, 5, 31],
      [6, 31, 2],
    ] as const) {
      const at = ((row * 32 + y) * 32 + x) * 3;
      assert.deepEqual([...inputs.values.subarray(at, at + 3)], [labels.values[row]!, y, x]);
    }
    assert.deepEqual([...splits.test].sort(), [5, 6]);
  });

  it('takes the coarse or the fine label of CIFAR-100', async () => {
    const coarse = await load({ files: ['hundred.bin'], labels: 'cifar-100-coarse' });
    assert.deepEqual([...coarse.labels.values], [2, 19, 0]);
    const fine = await load({ files: ['hundred.bin'], labels: 'cifar-100-fine' });
    assert.deepEqual([...fine.labels.values], [40, 99, 1]);
  });

  it('names what is wrong with a file', async () => {
    await fails(
      { files: ['short.bin'] },
      'data_damaged',
      /data\.files\[0\]: short\.bin has 3072 bytes, .*whole records of 3073/,
    );
    await fails(
      { files: ['one.bin', 'wrong.bin'] },
      'data_damaged',
      /data\.files\[1\]: wrong\.bin holds class 10 in record 1/,
    );
    await fails({ files: ['one.bin'], testFiles: ['none.bin'] }, 'data_missing', /data\.testFiles\[0\]/);
  });
});

describe('CIFAR-10 from its publisher', () => {
  const batch = (labels: number[]) => Buffer.concat(labels.map((label) => record(label)));
  const archive = (names: readonly string[]) => {
    const files = names.map((name, i) => ({ name: `cifar-10-batches-bin/${name}`, data: batch([i, 9 - i]) }));
    return gzipSync(createTar(files));
  };
  const names = [...[1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`), 'test_batch.bin'];

  /** The set as a server of this machine has it; answers what was asked of it. */
  async function served(t: TestContext, bytes: Buffer, sent = bytes) {
    const asked: string[] = [];
    const server = createServer(({ url }, answer) => {
      asked.push(url!);
      answer.end(sent);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const cacheFolder = await mkdtemp(path.join(tmpdir(), 'anneal-cifar-cache-'));
    t.after(async () => {
      server.close();
      await rm(cacheFolder, { recursive: true, force: true });
    });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const set = {
      name: 'cifar-10',
      files: { archive: { name: 'cifar-10-binary.tar.gz', bytes: bytes.length, sha256 } },
      sources: [publishedAsIs(`http://127.0.0.1:${(server.address() as AddressInfo).port}/kriz/`)],
    };
    return { set, asked, options: { cacheFolder, log: () => {} } };
  }

  it('is fetched once, checked, and fetched anew when the copy is damaged', async (t) => {
    const { set, asked, options } = await served(t, archive(names));
    const { inputs, labels, publishedTest, classNames, source } = await loadCifar10(set, options);
    assert.deepEqual([...labels.values], [0, 9, 1, 8, 2, 7, 3, 6, 4, 5, 5, 4]);
    assert.deepEqual([inputs.shape, publishedTest, classNames.length], [[12, 32, 32, 3], 2, 10]);
    assert.match(source, /^the publisher's address 127\.0\.0\.1/);
    await loadCifar10(set, options);
    assert.deepEqual(asked, ['/kriz/cifar-10-binary.tar.gz']);
    const copy = path.join(entryFolder(set, options.cacheFolder), set.files.archive.name);
    await writeFile(copy, (await readFile(copy)).fill(0, 100, 110));
    assert.deepEqual((await loadCifar10(set, options)).labels, labels);
    assert.equal(asked.length, 2);
  });

  it('refuses another file, and an archive that lacks a batch', async (t) => {
    const bytes = archive(names);
    const other = await served(t, bytes, Buffer.from(bytes).fill(7, 50, 60));
    await assert.rejects(loadCifar10(other.set, other.options), /cifar-10-binary\.tar\.gz is not the published file/);
    const short = await served(t, archive(names.slice(1)));
    await assert.rejects(loadCifar10(short.set, short.options), /data_batch_1\.bin has 0 bytes/);
  });

  it('is a published set of 50,000 to train on and 10,000 to test on, whose archive is pinned', () => {
    assert.deepEqual(dataDefinition('cifar-10').rows({} as never), { rows: 60_000, publishedTest: 10_000 });
    assert.equal(cifar10.files.archive.bytes, 170_052_171);
    assert.match(cifar10.files.archive.sha256, /^c4a38c50[0-9a-f]{56}$/);
  });
});
