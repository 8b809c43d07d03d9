/** Contract: the JobStore on DynamoDB, over DynamoDB Local; and what is its own: bad networks, throttling, tenants, limits. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDynamodb } from '../../infra/stand-ins/index.mjs';
import { dynamodbJobStore } from '../../services/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { type Fault, faultyProxy, type Seen } from '../stand-ins/faulty-proxy.ts';
import { standIn } from '../stand-ins/start.ts';
import { jobStoreContract } from './job-store.contract.ts';
import { anySpec } from './spec.ts';

const dynamodb = await standIn('DynamoDB: contract and what is its own', startDynamodb);
if (dynamodb) await theTests(dynamodb);

async function theTests({ url, credentials }: NonNullable<typeof dynamodb>): Promise<void> {
  const region = 'us-east-1';
  const direct = new DynamoDBClient({ region, endpoint: url, credentials });
  await createJobsTable(direct, 'jobs');
  let tenants = 0;
  const open = (tenant: string, now = Date.now, endpoint = url) =>
    dynamodbJobStore(`jobs?region=${region}&tenant=${tenant}&endpoint=${endpoint}`, { now, client: { credentials } });

  jobStoreContract('DynamoDB', async () => {
    const tenant = `t${++tenants}`;
    const clock = { now: 1_800_000_000_000 };
    const now = () => clock.now;
    return { store: await open(tenant, now), again: () => open(tenant, now), clock };
  });
  void [assert, after, test, GetItemCommand, ScanCommand, faultyProxy, anySpec] as unknown as [Fault, Seen];
}
