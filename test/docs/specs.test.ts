/** Every spec in the documents, and the examples, validate. */
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { validateSpec } from '@anneal/schemas';
import { parse } from 'yaml';
import { blocksOf, root } from './pages.ts';

const limits = { memoryBytes: 4 * 2 ** 30 };
const example = (name: string) => parse(readFileSync(`${root}examples/${name}.yaml`, 'utf8')) as object;

for (const { place, mark, text } of blocksOf('yaml')) {
  test(place, () => {
    const value = parse(text) as object;
    if (mark === 'other') return;
    validateSpec(mark === 'part' ? { ...example('mnist-mlp'), ...value } : value, limits);
  });
}

const examples = readdirSync(`${root}examples`).filter((file) => file.endsWith('.yaml'));
for (const file of examples) test(file, () => void validateSpec(example(file.slice(0, -5)), limits));
