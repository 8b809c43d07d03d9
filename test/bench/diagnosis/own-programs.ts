/** Every fault in every task that it fits, and every oddity of a sound run. */
import type { TrainSpecInput } from '@anneal/schemas';
import type { Damage } from '../../diagnose/damage.ts';
import { faults, oddities } from './faults.ts';
import { type BenchTask, tasks } from './tasks.ts';

export interface Program {
  readonly name: string;
  readonly task: string;
  /** The task without a fault; null where there is none to compare with. */
  readonly sound: TrainSpecInput | null;
  readonly spec: TrainSpecInput;
  /** Both null for a sound program. */
  readonly fault: string | null;
  readonly cause: string | null;
  readonly damage?: Damage | undefined;
  readonly split: BenchTask['split'];
}

export const ownPrograms = (splits: readonly string[]): Program[] =>
  tasks
    .filter(({ split }) => splits.includes(split))
    .flatMap(({ name: task, spec: sound, split }) =>
      [...oddities.map((one) => ({ ...one, cause: null })), ...faults].flatMap(({ name, cause, put, damage }) => {
        const spec = put(sound);
        const fault = cause === null ? null : name;
        return spec ? [{ name: `${task}: ${name}`, task, sound, spec, fault, cause, damage, split }] : [];
      }),
    );
