/**
 * Draws the pictures of docs/checks/ by real runs: `npm run pictures:diagnosis [-- NAME …]`, about a minute for all. Writes docs/assets/diagnosis/NAME.svg
 * and NAME.json, what the pages show of the runs; `npm run generate` makes the pages of them.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { useRecorder } from '@anneal/engine';
import { applyPatch, type Finding, trainSpec } from '@anneal/schemas';
import { RecordThread } from '@anneal/usercode';
import type { Faulty } from '../corpus.ts';
import type { Damage } from '../damage.ts';
import { type Trained, train } from '../train.ts';
import { linesPicture, numbersPicture } from './draw.ts';
import { type CheckedPair, checkedPairs } from './of-checks.ts';
import { besides, pictured, quantityOf } from './of-rules.ts';
import type { Shown } from './shown.ts';

const folder = new URL('../../../docs/assets/diagnosis/', import.meta.url);
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

async function put(name: string, svg: string, shown: Shown): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.svg`, folder), `${svg}\n`);
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(rounded(shown), null, 2)}\n`);
  console.log(`${name}: ${shown.finding.verdict}, ${shown.finding.message}`);
}

/** Numbers as they are shown. */
const rounded = (shown: Shown): unknown =>
  JSON.parse(JSON.stringify(shown), (_key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(4)) : value,
  );

async function drawRule({ cause, name, spec, damage }: Faulty): Promise<void> {
  const sick = await train(spec, damage && { damage });
  const finding = sick.findings.find((one) => one.cause === cause);
  if (!finding) throw new Error(`${name}: ${cause} is not found, but ${sick.findings.map((one) => one.cause)}`);
  const healthy = await healthyRun(cause, sick, finding, damage);
  const { lines, ...axes } = quantityOf(cause);
  const panels = [
    { title: name, lines: lines(sick.record) },
    { title: healthy.name, lines: lines(healthy.run.record) },
  ];
  const healthyFinding = healthy.run.findings[0] ?? null;
  await put(cause, await linesPicture({ x: 'epoch', ...axes, panels }), {
    ...{ kind: 'rule', sick: name, finding, healthy: healthy.name, healthyFinding },
  });
}

/** With the patch, or with data that are as they should be, or another run where neither shows anything. */
async function healthyRun(cause: string, { record }: Trained, { patch }: Finding, damage: Damage | undefined) {
  const other = besides[cause];
  if (other) return { name: other.name, run: await train(other.spec) };
  if (!patch) return { name: 'with sound data', run: await train(record.spec) };
  const spec = trainSpec.parse(applyPatch(record.spec, patch));
  return { name: 'with the patch', run: await train(spec, damage && { damage }) };
}

async function drawCheck({ name, sick, healthy, shows, logarithmic = false }: CheckedPair): Promise<void> {
  const finding = async ({ spec, damage }: CheckedPair['sick']) => {
    const { checked } = await train({ ...spec, budget: { steps: 1 } }, { checks: true, ...(damage && { damage }) });
    return checked.find(({ rule }) => rule === name)!;
  };
  const [ill, well] = [await finding(sick), await finding(healthy)];
  const rows = Object.entries(shows).map(([key, title]) => ({
    name: title,
    sick: Number(ill.evidence[key] ?? 0),
    healthy: Number(well.evidence[key] ?? 0),
  }));
  await put(name, await numbersPicture({ logarithmic, rows }), {
    ...{ kind: 'check', sick: sick.name, finding: ill, healthy: healthy.name, healthyFinding: well },
  });
}

useRecorder(await RecordThread.start());
for (const program of pictured) if (isWanted(program.cause)) await drawRule(program);
for (const pair of checkedPairs) if (isWanted(pair.name)) await drawCheck(pair);
process.exit(0);
