/** The checks of a module of the user's own code, as a file that `anneal check` gates on. */
import { readFile } from 'node:fs/promises';
import { LEAST_MEBIBYTES, type Limits, limits } from '@anneal/usercode/limits.ts';
import { tell } from '../context.ts';
import { exit, InputError } from '../exit.ts';
import { describeFinding } from '../progress-view.ts';
import type { Prepared } from './prepared.ts';
import type { FileReport, Place } from './report.ts';

export interface ModuleOptions {
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly folder?: string;
  readonly memory?: number;
}

export function parseMemory(mebibytes: string): number {
  const value = Number(mebibytes);
  if (Number.isInteger(value) && value >= LEAST_MEBIBYTES) return value;
  throw new InputError(`--memory ${mebibytes}: must be a whole number of MiB, ${LEAST_MEBIBYTES} or more`);
}

export const limitsOf = ({ timeout, memory }: ModuleOptions): Limits => ({
  seconds: timeout === undefined ? limits.seconds : timeout / 1000,
  mebibytes: memory ?? limits.mebibytes,
});

export const prepareModule = (file: string, options: ModuleOptions): Prepared => ({
  file,
  needsService: false,
  async report(): Promise<FileReport> {
    const { checkModule } = await import('@anneal/usercode');
    const start = performance.now();
    const { findings, ...held } = await inputErrors(file, () => checkModule(file, options.folder, limitsOf(options)));
    for (const line of held.printed) tell(`${file} printed: ${line}`);
    for (const gap of held.gaps) tell(`Less confined than elsewhere: ${gap}.`);
    for (const finding of findings) tell(describeFinding(finding, process.stderr));
    const text = await readFile(file, 'utf8');
    const placed = findings.map((finding) => ({ ...finding, place: placeOf(String(finding.evidence.function), text) }));
    return { file, job: null, error: null, findings: placed, seconds: (performance.now() - start) / 1000, ...held };
  },
});

/** Where a name is exported, or the first line. */
function placeOf(name: string, text: string): Place {
  const lines = text.split('\n');
  // The name is the module's own word: nothing in it may count as a pattern.
  const literal = name.replace(/\W/g, '\\$&');
  const named = new RegExp(`(?<![\\w$])(?:${literal}|default)(?![\\w$])`);
  const line = lines.findIndex((one) => /\bexport\b/.test(one) && named.test(one));
  return line < 0 ? { line: 1, column: 1 } : { line: line + 1, column: Math.max(0, lines[line]!.indexOf(name)) + 1 };
}

/** A fault of a module is an error of the input, at its line. */
export async function inputErrors<T>(file: string, work: () => Promise<T>): Promise<T> {
  const { frameOf, ModuleFault } = await import('@anneal/usercode/fault.ts');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ModuleFault)) throw error;
    const { kind, place, printed, message } = error;
    for (const line of printed) tell(`${file} printed: ${line}`);
    throw new InputError(message.startsWith(file) ? message : `${file}: ${message}`, {
      code: kind,
      ...(place && { frame: frameOf(place) }),
      ...(kind === 'out_of_time' && { exitCode: exit.timedOut }),
      ...(kind === 'confinement_unavailable' && { exitCode: exit.serviceFailure }),
    });
  }
}
