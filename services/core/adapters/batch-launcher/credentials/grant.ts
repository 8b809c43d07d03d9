/**
 * Hands the runner of a launch credentials for its own job: a session of the job role whose tags name tenant and job, to which the
 * role's policy binds its rights. Who asks can't choose the tags: they are those of the job that the launch token was issued for.
 */
import { AnnealError, type JobState } from '@anneal/schemas';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { LaunchTokens } from '../../../launch-tokens.ts';
import type { JobStore } from '../../../ports/job-store.ts';
import { unless } from '../../../unless.ts';
import { TAGS } from './tags.ts';

/** Seconds. A role that was assumed assumes another for no longer. */
const LIFE = 3600;

export interface GrantOptions {
  readonly tokens: LaunchTokens;
  readonly jobs: Pick<JobStore, 'get'>;
  readonly sts: STSClient;
  readonly tenant: string;
  /** ARN of the job role. */
  readonly role: string;
}

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Until it ends. */
  readonly seconds: number;
}

/** Before a runner has claimed its job it is `starting`. */
const UNDER_WAY: readonly JobState[] = ['starting', 'running'];

/** Undefined where the token is not of the newest launch of a job that is under way. @throws what STS and the stores fail with */
export async function grant(options: GrantOptions, token: string): Promise<Session | undefined> {
  const { tokens, jobs, sts, tenant, role } = options;
  const jobId = await tokens.jobOf(token);
  const job = jobId && (await unless('not_found', jobs.get(jobId)));
  if (!job || !UNDER_WAY.includes(job.state)) return undefined;
  const tags = { [TAGS.tenant]: tenant, [TAGS.job]: job.id };
  const { Credentials: made } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: role,
      RoleSessionName: job.id,
      DurationSeconds: LIFE,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = made ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken)
    throw new AnnealError('internal', 'STS has answered without credentials');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    seconds: LIFE,
  };
}
