/** Baselines: what is known to be wrong, so that a pipeline stops only what got worse. Read from what `anneal check --json` prints. */
import { readFile } from 'node:fs/promises';
import { InputError } from '../exit.ts';
import type { Baseline } from './report.ts';

const HINT = 'write one with: anneal check FILES --json > baseline.json';

/** @throws InputError */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new InputError(`--baseline ${file} can't be read: ${why}; ${HINT}`);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new InputError(`--baseline ${file} is not JSON: ${(error as Error).message}; ${HINT}`);
  }
  const { z } = await import('zod');
  const verdict = z.enum(['pass', 'warn', 'fail', 'skipped']);
  const finding = z.object({ rule: z.string(), verdict, cause: z.string().nullable() });
  const report = z.object({ file: z.string(), findings: z.array(finding) });
  const { data } = z.object({ reports: z.array(report) }).safeParse(document);
  if (!data) throw new InputError(`--baseline ${file} is no report of anneal check; ${HINT}`);
  return Object.fromEntries(data.reports.map(({ file: checked, findings }) => [checked, findings]));
}
