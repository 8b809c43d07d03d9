/** Every spec in the documents, and the examples, validate. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { validateSpec } from '@anneal/schemas';
import { parse } from 'yaml';
import { withModules } from '../../sdk/cli/own-code.ts';
import { blocksOf, root } from './pages.ts';

const limits = { memoryBytes: 4 * 2 ** 30 };
const example = (name: string) => parse(readFileSync(`${root}examples/${name}.yaml`, 'utf8')) as object;

/** Files that blocks of the documents name lie there. */
const modules = `${root}examples/own-code`;

for (const { place, mark, text } of blocksOf('yaml')) {
  test(place, async () => {
    const value = (await withModules(parse(text), modules)) as object;
    if (mark === 'other') return;
    validateSpec(mark === 'part' ? { ...example('mnist-mlp'), ...value } : value, limits);
  });
}

const names = readdirSync(`${root}examples`, { recursive: true, encoding: 'utf8' });
for (const file of names.filter((name) => name.endsWith('.yaml')))
  test(file, async () => {
    const folder = dirname(`${root}examples/${file}`);
    validateSpec(await withModules(example(file.slice(0, -5)), folder), limits);
  });
