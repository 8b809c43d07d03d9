/** docs/checks/: each check and each rule has its page and its runs, and no page lacks what it is about. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { checkNames } from '@anneal/schemas';
import { rules } from '../../services/diagnose/rules/index.ts';
import type { Shown } from '../diagnose/pictures/shown.ts';

const docs = new URL('../../docs/', import.meta.url);
/** Of the data report; a class without examples stands on the page of `data-balance`. */
const report = await readFile(new URL('../../services/engine/data/report.ts', import.meta.url), 'utf8');
const ofData = [...new Set(report.match(/'data-[a-z-]+'/g))].map((name) => name.slice(1, -1));
const causes = rules.map(({ cause }) => cause);
const names = [...checkNames, ...ofData.filter((name) => name !== 'data-missing-class'), ...causes].sort();

const files = async (folder: string, ending: string): Promise<string[]> =>
  (await readdir(new URL(folder, docs)))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

test('each check and each rule has a page, a picture and what its runs came to, and nothing else has', async () => {
  const pages = (await files('checks/', '.md')).filter((name) => name !== 'README');
  assert.deepEqual(pages.sort(), names);
  assert.deepEqual((await files('assets/diagnosis/', '.svg')).sort(), names);
  assert.deepEqual((await files('assets/diagnosis/', '.json')).sort(), names);
});

for (const name of names)
  test(`${name}: the sick one is found, the healthy one is not`, async () => {
    const text = await readFile(new URL(`assets/diagnosis/${name}.json`, docs), 'utf8');
    const { kind, finding, healthyFinding } = JSON.parse(text) as Shown;
    assert.equal(kind, causes.includes(name) ? 'rule' : 'check');
    assert.ok(finding.verdict === 'warn' || finding.verdict === 'fail', finding.verdict);
    assert.ok(Object.keys(finding.evidence).length > 0);
    if (kind === 'rule') assert.deepEqual([finding.cause, healthyFinding], [name, null]);
    else assert.ok(finding.rule === name && healthyFinding?.verdict === 'pass');
    const page = await readFile(new URL(`checks/${name}.md`, docs), 'utf8');
    assert.match(page, /^.*\bSource/m, 'it names no source');
    assert.ok(page.includes(`](../assets/diagnosis/${name}.svg)`));
  });
