/**
 * Where and how runners run on AWS Batch: `QUEUE?onDemand=QUEUE&definition=NAME&…`. `QUEUE` is the queue of spot instances, or the only
 * one. Queues and the job definition are made beforehand, by the CDK app for one.
 */
import { AnnealError } from '@anneal/schemas';
import { endpointOf, parseAwsAddress } from '../aws/address.ts';

export interface BatchPlace {
  /** Name or ARN. */
  readonly queue: string;
  /** Queue for jobs that have been interrupted too often; undefined: they stay in the other. */
  readonly onDemand: string | undefined;
  /** Interruptions of a job after which it goes there. */
  readonly interruptions: number;
  /** Job definition: a name, `NAME:REVISION` or an ARN. */
  readonly definition: string;
  /** Owner of the jobs, part of every name in Batch; the job store's tenant. */
  readonly tenant: string;
  /** After so long Batch stops an attempt, which saves and goes on as the next. Seconds. */
  readonly timeout: number;
  readonly logGroup: string;
  /** URL of who hands runners credentials for their own jobs; undefined: they have those of the job definition's role. */
  readonly credentials: string | undefined;
  readonly region: string | undefined;
  /** Of Batch and CloudWatch Logs, for stand-ins. */
  readonly endpoint: string | undefined;
}

const OPTIONS = [
  'onDemand',
  'interruptions',
  'definition',
  'tenant',
  'timeout',
  'logGroup',
  'credentials',
  'region',
  'endpoint',
];
const NAME = /^(?:arn:aws[a-z-]*:batch:[a-z0-9-]+:\d{12}:[a-z-]+\/)?[A-Za-z0-9][A-Za-z0-9_-]{0,127}(?::\d+)?$/;
const DAY = 24 * 3600;

/** @param owner the tenant where the address names none
 *  @throws AnnealError invalid_request saying which part is wrong, and what is allowed */
export function parseBatchAddress(rest: string, owner = 'default'): BatchPlace {
  const { name: queue, options } = parseAwsAddress('batch', rest, OPTIONS);
  const { onDemand, definition = 'anneal-runner', tenant = owner, logGroup = '/aws/batch/job', region } = options;
  const { credentials } = options;
  check(NAME.test(queue), `batch:${rest} names no queue; an address looks like batch:QUEUE?onDemand=QUEUE&region=…`);
  check(onDemand === undefined || NAME.test(onDemand), `batch: onDemand: '${onDemand}' is no name of a queue`);
  check(onDemand !== queue, `batch: onDemand: '${onDemand}' is the first queue itself; leave it out or name another`);
  check(NAME.test(definition), `batch: definition: '${definition}' is no name of a job definition`);
  check(
    /^[A-Za-z0-9_-]{1,64}$/.test(tenant),
    `batch: tenant: '${tenant}' is not allowed: 1 to 64 letters, digits, _ and -`,
  );
  check(/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroup), `batch: logGroup: '${logGroup}' is no name of a log group`);
  check(
    credentials === undefined || /^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/.test(credentials),
    `batch: credentials: '${credentials}' is not the URL of a function; one looks like https://ID.lambda-url.REGION.on.aws/`,
  );
  return {
    queue,
    onDemand,
    interruptions: whole('interruptions', options.interruptions ?? '2', 0, 100),
    definition,
    tenant,
    timeout: whole('timeout', options.timeout ?? String(DAY), 60, 30 * DAY),
    logGroup,
    credentials,
    region,
    endpoint: endpointOf('batch', options),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  check(
    /^\d+$/.test(text) && value >= least && value <= most,
    `batch: ${name}: '${text}' is not allowed; it is a whole number from ${least} to ${most}`,
  );
  return value;
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new AnnealError('invalid_request', message);
}
