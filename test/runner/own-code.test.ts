/** Jobs whose spec carries a module: what the run says of it, and why it ends where the module is at fault. Nothing is left behind. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runSpec } from '@anneal/runner/run-spec.ts';
import type { RunOutcome, TrainerHost } from '@anneal/runner/trainer-host.ts';
import {
  AnnealError,
  type EventBody,
  type Finding,
  parse,
  type Spec,
  type SpecInput,
  spec as specSchema,
} from '@anneal/schemas';
import { adam, crossEntropy } from '../engine/own-code/modules.ts';

const base = {
  kind: 'train',
  data: { type: 'three-arm-spiral', rows: 300, split: { validation: 0.1, test: 0.1 } },
  model: {
    layers: [
      { type: 'dense', units: 16, activation: 'relu' },
      { type: 'dense', units: 3 },
    ],
  },
  loss: {
    type: 'module',
    code: crossEntropy,
    fileName: 'mine.ts',
    atChance: Math.log(3),
    least: 0,
    probability: 'softmax',
  },
  update: { rule: 'adam' },
  schedule: { type: 'constant', rate: 0.01 },
  plan: 'graph',
  budget: { epochs: 2 },
} satisfies SpecInput;

interface Ran {
  readonly outcome: RunOutcome | null;
  readonly error: AnnealError | null;
  readonly findings: readonly Finding[];
  readonly events: readonly EventBody[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

async function ran(input: unknown): Promise<Ran> {
  const events: EventBody[] = [];
  const files = new Map<string, Uint8Array>();
  const host: TrainerHost = {
    emit: (body) => void events.push(body),
    report: () => {},
    put: (name, _type, bytes) => void files.set(name, bytes),
    stopRequested: () => null,
  };
  const context = { jobId: 'job_test', attempt: 1, submittedAt: Date.now(), resume: null };
  const none = { datasets: null, sources: null, reckoning: null };
  const told = () => ({
    events,
    files,
    findings: events.flatMap((one) => (one.type === 'finding' ? [one.finding] : [])),
  });
  try {
    const outcome = await runSpec(parse(specSchema, input) as Spec, host, { ...context, ...none });
    return { outcome, error: null, ...told() };
  } catch (error) {
    if (!(error instanceof AnnealError)) throw error;
    return { outcome: null, error, ...told() };
  }
}

const verdicts = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ rule, verdict }) => [rule, verdict]));

/** Confined processes that this one has started and that are still there. */
function confined(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [, parent] = /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('confined');
    } catch {
      return false;
    }
  });
}

test('a module is checked, trained with, judged by and reported like what is built in', {
  timeout: 300_000,
}, async () => {
  const own = await ran(base);
  assert.equal(own.error, null);
  const builtIn = await ran({ ...base, loss: { type: 'softmax-cross-entropy' } });
  const found = verdicts(own.findings);
  for (const rule of ['loss/value', 'loss/gradient', 'initial-loss', 'gradient', 'tiled-batch', 'neighbours'])
    assert.equal(found[rule], 'pass', rule);
  for (const rule of ['overfit', 'zeroed-inputs']) assert.equal(found[rule], verdicts(builtIn.findings)[rule], rule);
  assert.equal(found['final-activation'], 'pass');
  assert.equal(own.findings.find(({ rule }) => rule === 'loss/gradient')!.evidence.module, 'mine.ts');
  const lossOf = ({ outcome }: Ran) => {
    assert.ok(outcome?.kind === 'succeeded' && 'test' in outcome.result && outcome.result.test);
    return outcome.result.test.loss;
  };
  assert.ok(Math.abs(lossOf(own) - lossOf(builtIn)) < 1e-5, `${lossOf(own)} ${lossOf(builtIn)}`);
  const scores = (files: Ran['files']) => JSON.parse(Buffer.from(files.get('scores.json')!).toString());
  assert.equal(scores(own.files).test.accuracy, scores(builtIn.files).test.accuracy);
});

test('metrics of modules are checked, told after every epoch and written into scores.json', {
  timeout: 120_000,
}, async () => {
  const code = `export const metric = (tf, labels, z) => tf.mean(tf.sum(tf.square(tf.sub(tf.softmax(z), labels)), -1));`;
  const brier = { type: 'module', code, fileName: 'brier.js', better: 'lower' };
  const { error, findings, events, files } = await ran({ ...base, metrics: { brier }, monitor: 'metrics/brier' });
  assert.equal(error, null);
  assert.equal(findings.find(({ rule }) => rule === 'metric/value')?.verdict, 'pass');
  const told = events.flatMap((one) => (one.type === 'epoch' ? [one.metrics!.brier!] : []));
  const scores = JSON.parse(Buffer.from(files.get('scores.json')!).toString());
  assert.ok(told.length > 0 && told.every((value) => value > 0 && value < 2), String(told));
  assert.ok(told.includes(scores.validation.metrics.brier), `${told} ${scores.validation.metrics.brier}`);
  assert.ok(scores.test.metrics.brier > 0);
});

test('what a module’s own loss says nothing of is skipped, and said to be', { timeout: 120_000 }, async () => {
  const { type, code } = base.loss;
  const { findings } = await ran({ kind: 'check', spec: { ...base, loss: { type, code } } });
  const skipped = findings.filter(({ verdict }) => verdict === 'skipped');
  assert.deepEqual(skipped.map(({ rule }) => rule).sort(), ['initial-loss', 'overfit', 'zeroed-inputs']);
  assert.match(skipped.find(({ rule }) => rule === 'overfit')!.message, /loss\.least of the spec says it/);
});

/** Half of what it should be. */
const wrong = `
const square = (tf) => tf.customGrad((x, save) => {
  save([x]);
  return { value: tf.mul(x, x), gradFunc: (dy, [saved]) => tf.mul(dy, saved) };
});
export const loss = (tf, labels, predictions) => tf.mean(square(tf)(tf.sub(predictions, labels)));
`;

test('a wrong gradient is found in the module and in the graph that trains; it stops a run that is to stop', {
  timeout: 120_000,
}, async () => {
  const loss = { type: 'module', code: wrong, fileName: 'wrong.js' };
  const warned = await ran({ ...base, loss });
  assert.equal(warned.error, null);
  const found = verdicts(warned.findings);
  assert.deepEqual([found['loss/gradient'], found.gradient], ['fail', 'fail']);
  const stopped = await ran({ ...base, loss, onCheckFailure: 'stop' });
  assert.equal(stopped.error?.code, 'check_failed');
  assert.match(stopped.error.message, /^check loss\/gradient failed: the gradient is wrong/);
  assert.ok(!stopped.events.some(({ type }) => type === 'plan' || type === 'epoch'));
  assert.ok(stopped.files.has('diagnostics.json'));
});

const faults: Readonly<Record<string, [change: object, says: RegExp]>> = {
  'a loss that throws': [
    {
      loss: {
        type: 'module',
        code: `export const loss = (tf) => {\n  throw new Error('not today');\n};`,
        fileName: 'mine.ts',
      },
    },
    /^loss: mine\.ts:2:9: Error: not today, at `throw new Error\('not today'\);`$/,
  ],
  'a loss for each example, with the checks off': [
    { loss: { type: 'module', code: 'export const loss = (tf, y, z) => tf.sum(tf.mul(y, z), -1);' }, checks: 'off' },
    /^loss: loss returned a tensor of shape \[64\]; it must return a scalar: take the mean over the examples$/,
  ],
  'an import of node:net': [
    { loss: { type: 'module', code: `import net from 'node:net';\nexport const loss = () => net;` } },
    /^loss: module\.ts:1:17: 'node:net' can't be imported: a module has no access to Node/,
  ],
  'an op that a step has not': [
    {
      loss: { type: 'module', code: 'export const loss = (tf, y, z) => tf.mean(tf.real(tf.complex(z, z)));' },
      checks: 'off',
    },
    /^loss: module\.ts:1:\d+: TF\.js's kernel Complex can't be compiled into a step/,
  ],
  'a metric that reads a value back': [
    {
      metrics: { mine: { type: 'module', code: 'export const metric = (tf, y, z) => tf.sum(z).dataSync()[0];' } },
      checks: 'off',
    },
    /^metrics\.mine: module\.ts:1:\d+: it reads a computed value back, which a compiled step would do once/,
  ],
  'a metric for each example': [
    {
      metrics: { mine: { type: 'module', code: 'export const metric = (tf, y, z) => tf.max(z, -1);' } },
      checks: 'off',
    },
    /^metrics\.mine: metric returned a tensor of shape \[27\]; it must return a scalar: take the mean over the examples$/,
  ],
  'a rule whose slots the spec does not name': [
    { update: { rule: 'module', code: adam, slots: ['m'] } },
    /^update: updateRule\.slots are \[m, v\], update\.slots of the spec are \[m\]; they must be the same$/,
  ],
};

for (const [name, [change, says]] of Object.entries(faults))
  test(`the run ends with the module's line: ${name}`, { timeout: 120_000 }, async () => {
    const { error, events } = await ran({ ...base, ...change });
    assert.equal(error?.code, 'invalid_module');
    assert.match(error.message, says);
    const [field] = Object.keys(change);
    assert.equal(error.param, field === 'metrics' ? 'metrics.mine' : field);
    assert.ok(!events.some(({ type }) => type === 'epoch'));
    assert.deepEqual(confined(), []);
  });
