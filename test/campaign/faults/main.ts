/**
 * `npm run test:faults`: jobs in services, runners and stores that fail in every way that is to be survived, compared with a job that was
 * left alone. The last line counts, also after Ctrl-C. `-- --rounds N`, `-- --seed S`, `-- --only KIND` (again for more), `-- --round N` for that one alone.
 */
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { faultsCampaign, summary } from './campaign.ts';
import { type KindName, kindNames } from './kinds.ts';
import { possibleWorlds } from './possible.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    round: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
});
const unknown = values.only?.find((kind) => !kindNames.includes(kind as KindName));
if (unknown !== undefined) {
  process.stderr.write(`--only: '${unknown}' is no kind of fault; there are ${kindNames.join(', ')}\n`);
  process.exit(2);
}
for (const name of ['rounds', 'seed', 'round'] as const) {
  const text = values[name];
  if (text === undefined || /^\d+$/.test(text)) continue;
  process.stderr.write(`--${name}: '${text}' is no whole number\n`);
  process.exit(2);
}
const worlds = await possibleWorlds((reason) => process.stderr.write(`without AWS's stand-ins: ${reason}\n`));
const rounds = values.round
  ? [Number(values.round)]
  : Array.from({ length: Number(values.rounds) }, (_one, i) => i + 1);
const ending = new AbortController();
// The second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort(signal));
// Ctrl-C ends the stand-ins too, and what rounds under way still ask of them fails: they count for nothing any more.
process.on('unhandledRejection', (error) => {
  if (!ending.signal.aborted) throw error;
});
const result = await faultsCampaign({
  ...{ seed: Number(values.seed), rounds, worlds, signal: ending.signal },
  only: values.only as KindName[] | undefined,
  log: (line) => void process.stderr.write(`${line}\n`),
});
const by = ending.signal.aborted ? (ending.signal.reason as 'SIGINT' | 'SIGTERM') : undefined;
process.stdout.write(`${summary(result, by && { of: rounds.length, by })}\n`);
process.exitCode = Object.values(result.wrong).every((words) => words.length === 0) ? 0 : 1;
// What was left in the middle may still wait for something.
if (by) process.exit(128 + constants.signals[by]);
