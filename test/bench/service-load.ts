/** Requests a second and latency of the service with 32 clients, while a job trains. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type BenchService, benchSpec } from './anneal.ts';

/** What trains in the meantime. */
export const loadedBy = 'mlp-512';

export interface Load {
  readonly requestsPerSecond: number;
  readonly p99Milliseconds: number;
  readonly errors: number;
}

export async function measureLoad(service: BenchService): Promise<Load> {
  const { id } = await service.client.jobs.create(benchSpec(loadedBy, 60));
  const stream = service.client.jobs.stream(id);
  for await (const event of stream) if (event.body.type === 'plan') break;
  const program = createRequire(import.meta.url).resolve('autocannon/autocannon.js');
  const args = [
    program,
    '--json',
    '-c',
    '32',
    '-d',
    '5',
    '-H',
    `authorization=Bearer ${service.token}`,
    `${service.url}/v1/jobs/${id}`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  await service.client.jobs.cancel(id);
  const report = JSON.parse(stdout) as {
    requests: { average: number };
    latency: { p99: number };
    errors: number;
    non2xx: number;
  };
  return {
    requestsPerSecond: report.requests.average,
    p99Milliseconds: report.latency.p99,
    errors: report.errors + report.non2xx,
  };
}
