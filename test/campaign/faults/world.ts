/** What a round of the campaign happens in: a service, runners, stores, and the ways to harm them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactStore, JobStore } from '@anneal/core';
import type { Decide } from '../../stand-ins/faulty-proxy.ts';
import type { Supervised } from './supervised.ts';

export type Machine = 'service' | 'runners';

export interface World {
  readonly name: 'embedded' | 'aws';
  /** As who watches them over a good network. */
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  readonly service: Supervised;
  readonly clocks: Clocks;
  /** Process of a job's runner; undefined if it has none at the moment. */
  pidOf(id: string): number | undefined;
  /** The machine that the runner is on is about to go; false if there is none. */
  notice(id: string): boolean;
  /** The machine is gone; false if there is none. */
  loseMachine(id: string): boolean;
  /** Runners that were started for a job, whatever became of them. */
  launchesOf(id: string): number;
  /** Absent where the stores are files. */
  readonly networks?: Readonly<Record<'dynamodb' | 's3', (decide?: Decide) => void>>;
  /** Absent where nobody tells of the ends of runners but the system. */
  readonly messages?: Messages;
  close(): Promise<void>;
}

/** How the changes of Batch come to the reconcilers. */
export interface Messages {
  /** Twice, late, in another order, or never. */
  disturb(draw: (() => number) | undefined): void;
  /** Another reconciler does the same at the same time. */
  second(acts: boolean): void;
}

export interface Clocks {
  /** Where each machine's processes read it. */
  readonly env: Readonly<Record<Machine, Readonly<Record<string, string>>>>;
  set(machines: readonly Machine[], milliseconds: number): void;
}

const MACHINES: readonly Machine[] = ['service', 'runners'];

export function clocksIn(folder: string): Clocks {
  const file = (machine: Machine): string => join(folder, `clock-${machine}`);
  const set = (machines: readonly Machine[], milliseconds: number): void => {
    for (const machine of machines) writeFileSync(file(machine), String(milliseconds));
  };
  set(MACHINES, 0);
  return { env: { service: { TEST_CLOCK: file('service') }, runners: { TEST_CLOCK: file('runners') } }, set };
}
