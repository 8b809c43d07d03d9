/** Runs schemathesis against a service. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PythonPackages, pythonEnvironment } from '../../oracles/python/environment.ts';
import type { FuzzService } from './service.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const packages: PythonPackages = { requirements: path('requirements.txt'), check: 'import schemathesis.cli' };

/** A Python with schemathesis, or why there is none. */
export const schemathesis = () => pythonEnvironment(packages);

export interface FuzzOptions {
  readonly python: string;
  readonly seed: number;
  /** Requests drawn for each operation. */
  readonly examples: number;
  /** Further arguments, such as which operations. */
  readonly args?: readonly string[];
  /** A file instead of the service's own document. */
  readonly document?: string;
  /** Is given the output as it comes. */
  readonly print?: (text: string) => void;
}

export interface FuzzOutcome {
  /** Whether all checks held. */
  readonly passed: boolean;
  readonly output: string;
  readonly cases: number;
}

/** Asks every operation of the service with ids that schemathesis comes by itself. */
export function fuzz(service: FuzzService, options: FuzzOptions): Promise<FuzzOutcome> {
  return run(service, 'schemathesis.toml', options);
}

/** Asks what there is to be known of the job that has been trained. */
export function fuzzTrainedJob(service: FuzzService, { args = [], ...options }: FuzzOptions): Promise<FuzzOutcome> {
  const ofJob = ['--include-path-regex', '\\{id\\}', ...args];
  return run(service, 'trained-job.toml', { ...options, args: ofJob });
}

async function run({ url, token, jobId }: FuzzService, config: string, options: FuzzOptions): Promise<FuzzOutcome> {
  const { python, seed, examples, args = [], document, print } = options;
  const folder = await mkdtemp(join(tmpdir(), 'anneal-schemathesis-'));
  const child: ChildProcess = spawn(
    python,
    [
      ...[
        '-m',
        'schemathesis.cli',
        '--config-file',
        path(config),
        'run',
        document ?? `${url}/openapi.json`,
        '--url',
        url,
      ],
      ...['--header', `Authorization: Bearer ${token}`, '--checks', 'all', '--continue-on-failure'],
      ...['--seed', String(seed), '--max-examples', String(examples), '--generation-database', 'none'],
      ...['--no-color', '--request-timeout', '30', ...args],
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ANNEAL_FUZZ_JOB: jobId, PYTHONUNBUFFERED: '1' },
    },
  );
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      print?.(text);
    });
  const [code] = await once(child, 'close');
  await rm(folder, { recursive: true });
  return { passed: code === 0, output, cases: Number(/Test cases:\s+(\d+) generated/.exec(output)?.[1] ?? 0) };
}
