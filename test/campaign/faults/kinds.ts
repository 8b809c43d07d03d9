/** The faults: where each can strike, what it may cost, and how it does. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@anneal/schemas';
import { isFinal } from '@anneal/schemas';
import { cancelled, isWrite, refusal } from '../../stand-ins/dynamodb-faults.ts';
import type { Decide, Fault } from '../../stand-ins/faulty-proxy.ts';
import { slowDown } from '../../stand-ins/s3-faults.ts';
import { sent } from './embedded.ts';
import type { Machine, World } from './world.ts';

export interface Kind {
  readonly worlds: readonly World['name'][];
  /** Attempts that the job may be charged with, at most. */
  readonly losses: number;
  /** False if there was nothing to strike. */
  strike(world: World, id: string, draw: () => number): Promise<boolean>;
}

const BOTH = ['embedded', 'aws'] as const;
const AWS = ['aws'] as const;
const HOUR = 3_600_000;
/** Milliseconds that a bad network lasts, at least and at most. */
const BAD = [600, 2500] as const;
/** Share of the requests that a bad network harms. */
const SHARE = 0.25;
/** Milliseconds for which a runner stands still, at most: longer than its lease, and than anybody waits for it. */
const STILL = 12_000;

export const kinds = {
  'runner-killed': {
    worlds: BOTH,
    losses: 1,
    strike: async (world, id, draw) => {
      if (world.name === 'aws' && draw() < 0.5) return world.loseMachine(id);
      const pid = world.pidOf(id);
      return pid !== undefined && sent(pid, 'SIGKILL');
    },
  },

  'spot-notice': { worlds: BOTH, losses: 0, strike: async (world, id) => world.notice(id) },

  /** The runner stands still until its job has gone to another, and then goes on. */
  'lease-lost': {
    worlds: BOTH,
    losses: 1,
    async strike({ jobs, pidOf }, id) {
      const pid = pidOf(id);
      const before = await jobs.get(id);
      if (pid === undefined || !sent(pid, 'SIGSTOP')) return false;
      const movedOn = (now: Job): boolean => isFinal(now.state) || now.attempt > before.attempt;
      await until(async () => movedOn(await jobs.get(id)), STILL);
      sent(pid, 'SIGCONT');
      return true;
    },
  },

  /** Between the record of a launch and the launch, or after it and before it is known, or at any moment. */
  'service-killed': {
    worlds: BOTH,
    losses: 1,
    async strike({ service, jobs, pidOf }, id, draw) {
      const how = draw();
      if (how < 0.2) {
        service.kill();
        return true;
      }
      const lives = service.lives();
      service.dieAtLaunch(how < 0.7 ? 'before' : 'after');
      const pid = pidOf(id);
      const killed = pid !== undefined && sent(pid, 'SIGKILL');
      // A job that has failed by it is not launched again.
      const over = async (): Promise<boolean> => service.lives() > lives || isFinal((await jobs.get(id)).state);
      return (await until(over, STILL)) || killed;
    },
  },

  clock: {
    worlds: BOTH,
    losses: 0,
    async strike({ clocks }, _id, draw) {
      const by = draw() < 0.5 ? -HOUR : HOUR;
      const choices: readonly (readonly Machine[])[] = [['service'], ['runners'], ['service', 'runners']];
      clocks.set(choices[Math.floor(draw() * choices.length)]!, by);
      return true;
    },
  },

  /** Throttled, too slow, cut off, answers lost, transactions in each other's way. */
  dynamodb: {
    worlds: AWS,
    losses: 1,
    strike: ({ networks }, _id, draw) =>
      during(networks!.dynamodb, draw, (seen) => {
        const faults: (Fault | Promise<Fault>)[] = [
          refusal('ProvisionedThroughputExceededException'),
          refusal('ThrottlingException'),
          { kind: 'cut' },
          { kind: 'answer', status: 500, body: '{}' },
        ];
        if (isWrite(seen)) faults.push({ kind: 'lose' });
        if (seen.target.endsWith('TransactWriteItems')) faults.push(cancelled('TransactionConflict'));
        // Answered by nobody, until the connection breaks.
        if (draw() < 0.1) return sleep(1500).then((): Fault => ({ kind: 'cut' }));
        return faults[Math.floor(draw() * faults.length)];
      }),
  },

  /** Refused for its rate, cut off before or in its answer, answers lost, a bit turned. */
  s3: {
    worlds: AWS,
    losses: 1,
    strike: ({ networks }, _id, draw) =>
      during(networks!.s3, draw, ({ method, body }) => {
        const faults: Fault[] = [slowDown, { kind: 'cut' }, { kind: 'lose' }];
        if (method === 'GET') faults.push({ kind: 'cut-answer', after: 100 }, { kind: 'damage', what: 'answer' });
        if (method === 'PUT' && body.length > 0) faults.push({ kind: 'damage', what: 'request' });
        return faults[Math.floor(draw() * faults.length)];
      }),
  },

  events: {
    worlds: AWS,
    losses: 0,
    strike: async ({ messages }, _id, draw) => {
      messages!.disturb(draw);
      return true;
    },
  },

  'two-reconcilers': {
    worlds: AWS,
    losses: 0,
    strike: async ({ messages }) => {
      messages!.second(true);
      return true;
    },
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

/** Ends every fault that lasts. */
export function calm({ clocks, networks, messages }: World): void {
  clocks.set(['service', 'runners'], 0);
  for (const faults of Object.values(networks ?? {})) faults();
  messages?.disturb(undefined);
  messages?.second(false);
}

/** Harms a share of the requests for a while. */
async function during(network: (decide?: Decide) => void, draw: () => number, decide: Decide): Promise<boolean> {
  network((seen) => (draw() < SHARE ? decide(seen) : undefined));
  const [least, most] = BAD;
  await sleep(least + draw() * (most - least));
  network();
  return true;
}

/** Whether it came true in time. */
async function until(condition: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await sleep(20);
  }
  return false;
}
