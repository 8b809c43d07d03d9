/** The flags of `anneal check`, and which of them go together. */
import { InputError } from '../exit.ts';
import type { ModuleOptions } from './module.ts';
import type { SpecOptions } from './spec.ts';

export interface CheckFlags extends SpecOptions, ModuleOptions {
  readonly baseline?: string;
  readonly junit?: string;
  readonly summary?: string;
  readonly tfjsOps?: true;
}

const names = {
  set: '--set',
  only: '--only',
  stepScan: '--step-scan',
  failOn: '--fail-on',
  baseline: '--baseline',
  junit: '--junit',
  summary: '--summary',
  folder: '--folder',
  memory: '--memory',
} as const;

type Flag = keyof typeof names;

const isGiven = (flags: CheckFlags, flag: Flag): boolean =>
  flag === 'set' ? flags.set.length > 0 : flags[flag] !== undefined;

const firstGiven = (flags: CheckFlags, list: readonly Flag[]): string | undefined => {
  const flag = list.find((each) => isGiven(flags, each));
  return flag && names[flag];
};

/** @throws InputError for what the audit of TF.js has no use for */
export function needsNoFile(files: readonly string[], flags: CheckFlags): void {
  if (files.length > 0) throw new InputError('--tfjs-ops audits TF.js itself and takes no file');
  const others = Object.keys(names).filter((name) => name !== 'memory') as Flag[];
  const other = firstGiven(flags, others);
  if (other)
    throw new InputError(`${other} does nothing beside --tfjs-ops, which takes --timeout, --memory and --json`);
}

/** @throws InputError for flags of a spec or a module where there is none, or too many */
export function needsSpec(files: readonly string[], flags: CheckFlags, isModule: (file: string) => boolean): void {
  const modules = files.filter(isModule).length;
  const ofModules = firstGiven(flags, ['folder', 'memory']);
  if (ofModules && modules === 0)
    throw new InputError(`${ofModules} is for a module: none of the files ends in .ts, .js or .mjs`);
  if (modules > 0 && flags.set.length > 0) throw new InputError('--set changes fields of a spec; a module has none');
  const ofSpecs = firstGiven(flags, ['only', 'stepScan']);
  if (ofSpecs && modules === files.length)
    throw new InputError(`${ofSpecs} is for a spec: a module has neither such checks nor such a picture`);
  if (flags.stepScan !== undefined && files.length > 1)
    throw new InputError('--step-scan: name one spec, it has one picture');
}
