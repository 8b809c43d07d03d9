/** An inspect job: what is in the files of a data set and, where the spec says how they are read, the data report. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataReport } from '@anneal/engine';
import { fileContents } from '@anneal/engine/data/file-contents.ts';
import { type Finding, type InspectResult, type InspectSpec, withDataset } from '@anneal/schemas';
import { putDiagnostics } from './diagnose-run.ts';
import { folderOfData, loadForJob } from './load-for-job.ts';
import { phaseOf } from './phase.ts';
import type { RunSpec, TrainerHost } from './trainer-host.ts';

export const runInspect: RunSpec<InspectSpec> = async (spec, host, { jobId }) => {
  host.report({ progress: phaseOf('checking') });
  const start = performance.now();
  const files = await inspectFiles(folderOfData(spec.dataset, host), host);
  if (files === null) return { kind: 'stopped', by: host.stopRequested()! };
  const { examples, findings } = await report(spec, host);
  putDiagnostics(host, jobId, findings);
  const of = (wanted: Finding['verdict']): number => findings.filter(({ verdict }) => verdict === wanted).length;
  const seconds = (performance.now() - start) / 1000;
  const counts = { pass: of('pass'), warn: of('warn'), skipped: of('skipped') };
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  return { kind: 'succeeded', result: { files, examples, ...counts, seconds, peakMemoryBytes } };
};

/** In the order of their names; null if a stop was asked for. */
async function inspectFiles(folder: string, host: TrainerHost): Promise<InspectResult['files'] | null> {
  const found: InspectResult['files'] = [];
  for (const entry of (await readdir(folder, { recursive: true })).sort()) {
    const file = path.join(folder, entry);
    if (!(await stat(file)).isFile()) continue;
    if (host.stopRequested()) return null;
    const name = entry.split(path.sep).join('/');
    found.push({ name, ...(await fileContents(file, name)) });
  }
  return found;
}

async function report({ data, dataset }: InspectSpec, host: TrainerHost) {
  if (!data) return { examples: null, findings: [] };
  const loaded = await loadForJob(withDataset(data, dataset), 0, host);
  const findings = dataReport(loaded);
  for (const finding of findings) host.emit({ type: 'finding', finding });
  return { examples: loaded.inputs.shape[0] ?? 0, findings };
}
