/** One small file for each runner that lives, by which a later life of the service finds it again. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from './process-start.ts';

export interface RunnerRecord {
  readonly jobId: string;
  /** See Launcher.launch. */
  readonly launch: number;
  readonly pid: number;
  /** See processStart. */
  readonly start: string;
}

/** Stable over a restart of the service, never given twice. */
export const handleOf = ({ pid, start }: RunnerRecord): string => `${pid}@${start}`;

export const isAlive = ({ pid, start }: RunnerRecord): boolean => processStart(pid) === start;

const fileOf = (folder: string, jobId: string): string => join(folder, `${jobId}.json`);

/** Synchronous, so that hardly a moment lies between the start of a process and its record. */
export function writeRecord(folder: string, record: RunnerRecord): void {
  mkdirSync(folder, { recursive: true });
  const file = fileOf(folder, record.jobId);
  writeFileSync(`${file}.tmp`, JSON.stringify(record));
  renameSync(`${file}.tmp`, file);
}

/** Removes the record of this runner; that of another runner of the job stays. */
export function removeRecord(folder: string, record: RunnerRecord): void {
  const kept = readRecord(fileOf(folder, record.jobId));
  if (kept && handleOf(kept) === handleOf(record)) rmSync(fileOf(folder, record.jobId), { force: true });
}

export function readRecords(folder: string): RunnerRecord[] {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.flatMap((name) => readRecord(join(folder, name)) ?? []);
}

/** Undefined if there is none, or one that a full disk cut short. */
function readRecord(file: string): RunnerRecord | undefined {
  try {
    const { jobId, launch, pid, start } = JSON.parse(readFileSync(file, 'utf8')) as Partial<RunnerRecord>;
    return jobId && launch && pid && start ? { jobId, launch, pid, start } : undefined;
  } catch {
    return undefined;
  }
}
