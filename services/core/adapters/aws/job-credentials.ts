/**
 * Credentials of the one job that this process runs, where a launcher has said who hands them out (ANNEAL_CREDENTIALS, and a launch token
 * in ANNEAL_CREDENTIALS_TOKEN). They live for an hour and are renewed long before their end, beside the work: where that fails, what is
 * there serves on, and it is tried again. Their life is told in seconds, as the clock of a machine may be wrong.
 */
import { AnnealError } from '@anneal/schemas';
import { z } from 'zod';

const answered = z.object({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1),
  /** Until they end. */
  seconds: z.number().positive(),
});
export type JobCredentials = z.output<typeof answered>;
type Provider = () => Promise<Omit<JobCredentials, 'seconds'> & { readonly expiration: Date }>;

/** Milliseconds before the end: renewed from the first on, worth nothing from the second on, as a request must still arrive. */
const RENEW = 20 * 60_000;
const OVER = 60_000;
/** Milliseconds between two tries to renew what still serves. */
const AGAIN = 30_000;
/** Milliseconds for an answer: the function may have to start. */
const PATIENCE = 15_000;
/** Clients keep what lives on for five minutes. What seems to live shorter they ask for before each request, and so get what is newest. */
const TOLD = 60_000;

/** Undefined where nobody hands them out: then clients find theirs as always. */
export function jobCredentials(env: NodeJS.ProcessEnv): Provider | undefined {
  const { ANNEAL_CREDENTIALS: url, ANNEAL_CREDENTIALS_TOKEN: token } = env;
  if (!url) return undefined;
  if (!token)
    throw new AnnealError('invalid_request', 'ANNEAL_CREDENTIALS is set, but ANNEAL_CREDENTIALS_TOKEN is not');
  return renewed(() => ask(url, token));
}

/** @param now milliseconds, by a clock that nobody sets */
export function renewed(get: () => Promise<JobCredentials>, now: () => number = () => performance.now()): Provider {
  let current: (JobCredentials & { readonly end: number }) | undefined;
  let asking: Promise<JobCredentials> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function renew(): Promise<JobCredentials> {
    const at = now();
    askedAt = at;
    const made = await get();
    current = { ...made, end: at + made.seconds * 1000 };
    return made;
  }

  /** One question at a time, whoever waits for its answer. */
  function newest(): Promise<JobCredentials> {
    asking ??= renew().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return async () => {
    const left = (current?.end ?? 0) - now();
    // What fails here is tried again, or fails for whoever can't do without.
    if (current && left < RENEW && now() - askedAt > AGAIN) newest().catch(() => undefined);
    const { seconds: _, ...keys } = current && left > OVER ? current : await newest();
    return { ...keys, expiration: new Date(Date.now() + TOLD) };
  };
}

/** @throws AnnealError lease_lost where the token opens nothing any more, store_unavailable */
async function ask(url: string, token: string): Promise<JobCredentials> {
  const unavailable = (why: string, cause?: unknown): AnnealError =>
    new AnnealError('store_unavailable', `the credentials of this job can't be had from ${url}: ${why}`, null, [], {
      cause,
    });
  const headers = { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    const body = await answer.text();
    if (answer.status === 200) return answered.parse(JSON.parse(body));
    if (answer.status !== 403) throw unavailable(`status ${answer.status}`);
  } catch (cause) {
    throw cause instanceof AnnealError ? cause : unavailable(String(cause), cause);
  }
  throw new AnnealError('lease_lost', `the job is not this runner’s, or no longer: ${url} gives it no credentials`);
}
