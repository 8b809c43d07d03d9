/** What must be there before a job is submitted: role, compute environment, queues and job definition, all in moto, and the logs. */
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Credentials } from '../../../infra/stand-ins/index.mjs';
import type { WriteLog } from './executor.ts';

export const SPOT = 'anneal-spot';
export const ON_DEMAND = 'anneal-on-demand';
export const DEFINITION = 'anneal-runner';
const LOG_GROUP = '/aws/batch/job';

export async function prepare(url: string, credentials: Credentials): Promise<{ writeLog: WriteLog }> {
  const settings = { region: 'us-east-1', endpoint: url, credentials };
  const batch = new BatchClient(settings);
  const serviceRole = await makeRole(url, credentials);
  const { computeEnvironmentArn } = await batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'machines',
      type: 'UNMANAGED',
      state: 'ENABLED',
      serviceRole,
    }),
  );
  for (const jobQueueName of [SPOT, ON_DEMAND]) {
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment: computeEnvironmentArn }];
    await batch.send(
      new CreateJobQueueCommand({ jobQueueName, state: 'ENABLED', priority: 1, computeEnvironmentOrder }),
    );
  }
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: DEFINITION,
      type: 'container',
      containerProperties: {
        image: 'anneal-runner',
        resourceRequirements: [
          { type: 'VCPU', value: '4' },
          { type: 'MEMORY', value: '12288' },
        ],
      },
    }),
  );
  batch.destroy();
  return { writeLog: await logs(new CloudWatchLogsClient(settings)) };
}

/** IAM has no client here, for one request. */
async function makeRole(url: string, { accessKeyId }: Credentials): Promise<string> {
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const form = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'batch', AssumeRolePolicyDocument: trust };
  const scope = `${accessKeyId}/20260101/us-east-1/iam/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams(form),
  });
  const said = await answer.text();
  const arn = /<Arn>(.*?)<\/Arn>/.exec(said)?.[1];
  if (!arn) throw new Error(`moto makes no role: ${said.slice(0, 300)}`);
  return arn;
}

async function logs(client: CloudWatchLogsClient): Promise<WriteLog> {
  await client.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
  const made = new Set<string>();
  return async (logStreamName, lines) => {
    const stream = { logGroupName: LOG_GROUP, logStreamName };
    if (!made.has(logStreamName)) await client.send(new CreateLogStreamCommand(stream));
    made.add(logStreamName);
    const timestamp = Date.now();
    const logEvents = lines.map((message) => ({ timestamp, message: message || ' ' }));
    await client.send(new PutLogEventsCommand({ ...stream, logEvents }));
  };
}
