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
import { type LinesPicture, linesPicture, numbersPicture } from './draw.ts';
import { type CheckedPair, checkedPairs } from './of-checks.ts';
import { besides, loss, pictured, quantityOf } from './of-rules.ts';
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
  const run = async ({ spec, damage }: CheckedPair['sick']) => {
    const budget = shows === 'loss' ? spec.budget : { steps: 1 };
    const { checked, record } = await train({ ...spec, budget }, { checks: true, ...(damage && { damage }) });
    return { record, finding: checked.find(({ rule }) => rule === name)! };
  };
  const [ill, well] = [await run(sick), await run(healthy)];
  const svg = await (shows === 'loss'
    ? lossPicture([
        { title: sick.name, lines: loss.lines(ill.record) },
        { title: healthy.name, lines: loss.lines(well.record) },
      ])
    : numbersPicture({ logarithmic, rows: rowsOf(shows, ill.finding, well.finding) }));
  await put(name, svg, {
    ...{ kind: 'check', sick: sick.name, finding: ill.finding, healthy: healthy.name, healthyFinding: well.finding },
  });
}

const lossPicture = (panels: LinesPicture['panels']) =>
  linesPicture({ x: 'epoch', y: loss.y, scale: loss.scale, panels });

function rowsOf(shows: Readonly<Record<string, string>>, sick: Finding, healthy: Finding) {
  const numberOf = (finding: Finding, key: string): number => {
    const value = finding.evidence[key];
    if (typeof value !== 'number') throw new Error(`${finding.rule}: its evidence has no number '${key}'`);
    return value;
  };
  return Object.entries(shows).map(([key, title]) => ({
    name: title,
    sick: numberOf(sick, key),
    healthy: numberOf(healthy, key),
  }));
}

const known = [...pictured.map(({ cause }) => cause), ...checkedPairs.map(({ name }) => name)];
const stray = wanted.find((name) => !known.includes(name as (typeof known)[number]));
if (stray !== undefined) {
  console.error(`error: there is no check or rule '${stray}'; there are ${known.join(', ')}`);
  process.exit(2);
}
useRecorder(await RecordThread.start());
for (const program of pictured) if (isWanted(program.cause)) await drawRule(program);
for (const pair of checkedPairs) if (isWanted(pair.name)) await drawCheck(pair);
process.exit(0);
