/**
 * Credentials of jobs as a function of AWS Lambda behind a function URL, which runners ask with their launch token as bearer. What it
 * answers is never stored on the way. Environment: ANNEAL_STORE, the address of the tenant's job store, and ANNEAL_JOB_ROLE, an ARN.
 */
import { STSClient } from '@aws-sdk/client-sts';
import { launchTokens } from '../../../launch-tokens.ts';
import { tenantOf } from '../../../tenant.ts';
import { clientSettings } from '../../aws/client.ts';
import { dynamodbJobStore } from '../../dynamodb-job-store/index.ts';
import { dynamodbRecordStore } from '../../dynamodb-record-store/index.ts';
import { addressIn, variableIn } from '../environment.ts';
import { type GrantOptions, grant } from './grant.ts';

/** What this reads of a request to the function URL. */
interface Request {
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const answer = (statusCode: number, body: object): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

let opened: Promise<GrantOptions> | undefined;

/** Entry of the function. What it has opened serves the next request too. */
export async function handler({ headers = {} }: Request): Promise<Answer> {
  opened ??= open(process.env).catch((error) => {
    opened = undefined;
    throw error;
  });
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  const session = await grant(await opened, token);
  return session ? answer(200, session) : answer(403, { message: 'this launch token opens no job that is under way' });
}

async function open(env: NodeJS.ProcessEnv): Promise<GrantOptions> {
  const store = addressIn(env, 'ANNEAL_STORE', 'dynamodb:');
  const tenant = tenantOf(`dynamodb:${store}`);
  // Rights on the table itself, to see whether it is there, it has not.
  const [jobs, records] = await Promise.all([
    dynamodbJobStore(store, { check: false }),
    dynamodbRecordStore(store, { check: false }),
  ]);
  const sts = new STSClient(clientSettings());
  return { jobs, sts, tenant, tokens: launchTokens(records, tenant), role: variableIn(env, 'ANNEAL_JOB_ROLE') };
}
