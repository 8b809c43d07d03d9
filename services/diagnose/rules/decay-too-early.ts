/**
 * The schedule took the learning rate away before there was much learned.
 *
 *   share of the steps at less than 2 % of the largest rate: suspicious from 0.4, sure from 0.8; only where the loss is far from learned
 *
 * Source: CS231n, "Annealing the learning rate": "decay it slowly and you'll be wasting computation … too aggressively and the system will cool too quickly".
 */
import { ramp } from '../facts/numbers.ts';
import { percent, type Rule, short } from './rule.ts';

export const decayTooEarly: Rule = {
  cause: 'decay-too-early',
  follows: ['learning-rate-too-high'],
  experiment: 'A tenth of the run at the constant first rate: the loss goes on falling if the decay was the cause.',
  judge: ({ record, curve, health, left }) => {
    const { schedule } = record.spec;
    if (!curve || schedule.type === 'constant' || health.poor === 0) return null;
    const largest = Math.max(...record.stretches.map(({ rate }) => rate));
    const cold = record.stretches.filter(({ rate }, i) => rate < 0.02 * largest && i > record.stretches.length / 20);
    const share = cold.reduce((sum, { steps }) => sum + steps, 0) / curve.steps;
    const early = ramp(share, 0.4, 0.8);
    if (early === 0) return null;
    const last = record.stretches.at(-1)!.rate;
    return {
      score: health.poor * (0.6 + 0.35 * early),
      message: `the schedule ${schedule.type} took the rate from ${short(largest)} to ${short(last)}; in ${percent(share)} of the steps it was below a fiftieth, while ${short(left)} of the loss of a constant answer was left`,
      evidence: { schedule: schedule.type, largestRate: largest, lastRate: last, coldShare: share, lossLeft: left },
      patch: [{ op: 'replace', path: '/schedule', value: { type: 'constant', rate: schedule.rate } }],
    };
  },
};
