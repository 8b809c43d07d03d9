/** Contract of the cache: checked, whole or absent, repaired by itself, and clear about why there is nothing. */
import assert from 'node:assert/strict';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { data } from '@anneal/schemas';
import { defaultCacheFolder, entryFolder } from '../../../services/engine/data/cache.ts';
import { loadSet, prepare } from '../../../services/engine/data/load.ts';
import type { PublishedSet } from '../../../services/engine/data/sets/published-set.ts';
import { failingSource, goodSource, publish, smallSet, temporaryFolder } from './small-set.ts';

const spec = data.parse({ type: 'mnist' }) as never;

const load = async (set: PublishedSet, cacheFolder: string, lines: string[] = []) => {
  const log = (line: string): void => void lines.push(line);
  return prepare(spec, await loadSet(set, { seed: 1, dataFolder: '/', cacheFolder, log }), 1);
};

it('reads images as bytes, labels and class names, the test set last', async (t) => {
  const { inputs, labels, splits, classNames, source, scale } = await load(
    smallSet(goodSource()),
    await temporaryFolder(t),
  );
  assert.deepEqual(inputs.shape, [12, 2, 3, 1]);
  assert.deepEqual(
    inputs.values,
    Uint8Array.from({ length: 72 }, (_, index) => index),
  );
  assert.deepEqual([...labels.values], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
  assert.deepEqual([...splits.test].sort(), [10, 11, 8, 9]);
  assert.deepEqual(
    { classNames, source, scale },
    { classNames: ['a', 'b', 'c'], source: 'a good source', scale: { multiply: 1 / 255, add: 0 } },
  );
});

it('asks a source once, and tells the user', async (t) => {
  const [cache, source, lines] = [await temporaryFolder(t), goodSource(), [] as string[]];
  await load(smallSet(source), cache, lines);
  const second = await load(smallSet(source), cache, lines);
  assert.equal(source.asked, 1);
  assert.equal(second.source, 'a good source');
  assert.match(
    lines.join('\n'),
    /^small: not in the cache yet\nsmall: fetched from a good source, checked, kept in \S+$/,
  );
});

it('takes the next source when one fails or has other files than the published ones', async (t) => {
  const cache = await temporaryFolder(t);
  const forged = {
    name: 'a forger',
    obtain: (folder: string) =>
      publish(folder, (name, bytes) => (name === 'test-labels' ? bytes.map((b) => b ^ 1) : bytes)),
  };
  const loaded = await load(smallSet(failingSource('a broken one', 'no network'), forged, goodSource()), cache);
  assert.equal(loaded.source, 'a good source');
  assert.deepEqual(await readdir(path.join(cache, 'datasets')), [path.basename(entryFolder(smallSet(), cache))]);

  await assert.rejects(load(smallSet(failingSource('a broken one', 'no network'), forged), await temporaryFolder(t)), {
    code: 'data_missing',
    param: 'data.type',
    message:
      /^data: small could not be fetched from any of its sources\. a broken one: no network; a forger: test-labels is not the published file \(SHA-256 \w{12}…, not \w{12}…\)$/,
  });
});

it('notices a damaged copy and fetches it anew', async (t) => {
  const [cache, source] = [await temporaryFolder(t), goodSource()];
  const set = smallSet(source);
  const entry = entryFolder(set, cache);
  const damages: ((file: string) => Promise<void>)[] = [
    (file) => truncate(file, 20),
    (file) => rm(file),
    async (file) => {
      const bytes = await readFile(file);
      await writeFile(file, bytes.fill(bytes[30]! ^ 4, 30, 31));
    },
    () => writeFile(path.join(entry, 'source.json'), '{"sou'),
  ];
  const whole = await load(set, cache);
  for (const [count, damage] of damages.entries()) {
    await damage(path.join(entry, 'train-images'));
    assert.deepEqual(await load(set, cache), whole);
    assert.equal(source.asked, count + 2);
  }
});

it('lets loads run at the same time, and leaves nothing but the entry behind', async (t) => {
  const cache = await temporaryFolder(t);
  const loads = await Promise.all(Array.from({ length: 5 }, () => load(smallSet(goodSource()), cache)));
  for (const loaded of loads) assert.deepEqual(loaded, loads[0]);
  assert.equal((await readdir(path.join(cache, 'datasets'))).length, 1);
});

it('says so when the disk is full or the cache cannot be written, instead of blaming the sources', async (t) => {
  const cache = await temporaryFolder(t);
  const full = smallSet(failingSource('a source', 'no space left', 'ENOSPC'), goodSource());
  await assert.rejects(load(full, cache), { code: 'disk_full', message: /disk that holds .* is full.*ANNEAL_CACHE/ });
  const occupied = path.join(cache, 'a file');
  await writeFile(occupied, '');
  const message = /cache folder .* cannot be written \(ENOTDIR\); name another one in ANNEAL_CACHE/;
  await assert.rejects(load(smallSet(goodSource()), occupied), { code: 'data_missing', message });
});

it('lies where the user says', () => {
  assert.equal(defaultCacheFolder({ ANNEAL_CACHE: '/a', XDG_CACHE_HOME: '/b' }), '/a');
  assert.equal(defaultCacheFolder({ XDG_CACHE_HOME: '/b' }), '/b/anneal');
  assert.match(defaultCacheFolder({}), /\/\.cache\/anneal$/);
});
