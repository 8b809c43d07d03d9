/** What a job leaves behind that must not depend on how often its runner was killed. */
import type { ArtifactStore, JobStore } from '@anneal/core';
import { manifest, type TrainJob } from '@anneal/schemas';
import { parquetReadObjects } from 'hyparquet';

type Row = Readonly<Record<string, unknown>>;

export interface Outcome {
  /** SHA-256 by name, of the weights and their averages. */
  readonly weights: Readonly<Record<string, string>>;
  readonly result: Row;
  readonly steps: readonly Row[];
  readonly epochs: readonly Row[];
  readonly observations: readonly Row[];
  readonly findings: string;
}

/** Columns that tell the time. */
const CLOCK = ['seconds'];

export async function outcomeOf(
  jobs: JobStore,
  store: ArtifactStore,
  { id, attempt, result }: TrainJob,
): Promise<Outcome> {
  const key = (name: string, of: number) => `jobs/${id}/${of}/${name}`;
  const { artifacts } = manifest.parse(JSON.parse((await read(store, key('manifest.json', attempt))).toString()));
  const attempts = await attemptsOf(jobs, id);
  const listed = artifacts.map((one) => ({ ...one, attempt: attempts.get(`${one.name} ${one.sha256}`)! }));
  const rows = async (kind: string) => {
    const parts = listed.filter(({ name }) => name.startsWith(`metrics/${kind}-`)).sort(byName);
    const tables = await Promise.all(
      parts.map(async ({ name, attempt: of }) => {
        const bytes = await read(store, key(name, of));
        const table = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer as ArrayBuffer });
        return table.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => !CLOCK.includes(column))),
        );
      }),
    );
    return tables.flat();
  };
  const hashed = listed.filter(({ name }) => name.endsWith('weights.safetensors'));
  const diagnostics = listed.find(({ name }) => name === 'diagnostics.json');
  const { findings } = diagnostics
    ? (JSON.parse((await read(store, key('diagnostics.json', diagnostics.attempt))).toString()) as {
        findings: unknown;
      })
    : { findings: null };
  const { steps, stoppedBy, validation, test, average, best } = result!;
  return {
    weights: Object.fromEntries(hashed.map(({ name, sha256 }) => [name, sha256])),
    result: { steps, stoppedBy, validation, test, average, best },
    steps: await rows('steps'),
    epochs: await rows('epochs'),
    observations: await rows('observations'),
    findings: JSON.stringify(findings),
  };
}

/** The attempt that stored a file, by name and SHA-256. */
async function attemptsOf(jobs: JobStore, id: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let after = 0; ; ) {
    const events = await jobs.readEvents(id, after, 500);
    for (const { seq, body } of events) {
      after = seq;
      if (body.type === 'artifact') found.set(`${body.artifact.name} ${body.artifact.sha256}`, body.artifact.attempt);
    }
    if (events.length < 500) return found;
  }
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

async function read(store: ArtifactStore, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await store.get(key)).body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** In words; none if all is equal to the bit. */
export function differences(expected: Outcome, actual: Outcome): string[] {
  return (Object.keys(expected) as (keyof Outcome)[]).flatMap((part) => {
    const [a, b] = [expected[part], actual[part]];
    if (text(a) === text(b)) return [];
    if (!Array.isArray(a) || !Array.isArray(b)) return [`${part}: ${text(b)} instead of ${text(a)}`];
    if (a.length !== b.length) return [`${part}: ${b.length} rows instead of ${a.length}`];
    const row = a.findIndex((one, i) => text(one) !== text(b[i]));
    return [`${part}: row ${row} is ${text(b[row])} instead of ${text(a[row])}`];
  });
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? Number(one) : one));
