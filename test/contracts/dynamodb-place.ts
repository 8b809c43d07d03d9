/** DynamoDB Local with a table, stores over it, and a bad network before it. */
import { after } from 'node:test';
import type { JobStore } from '@anneal/core';
import type { EventBody } from '@anneal/schemas';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { StandIn } from '../../infra/stand-ins/index.mjs';
import { dynamodbJobStore } from '../../services/core/adapters/dynamodb-job-store/index.ts';
import { createJobsTable } from '../../services/core/adapters/dynamodb-job-store/set-up.ts';
import { type Fault, faultyProxy, type Seen } from '../stand-ins/faulty-proxy.ts';

const region = 'us-east-1';

export async function dynamodbPlace({ url, credentials }: StandIn) {
  const direct = new DynamoDBClient({ region, endpoint: url, credentials });
  const documents = DynamoDBDocumentClient.from(direct);
  await createJobsTable(direct, 'jobs');
  const network = await faultyProxy(url);
  after(() => network.stop());
  let tenants = 0;
  const newTenant = () => `tenant-${++tenants}`;
  const open = (tenant: string, now = Date.now, endpoint = url) =>
    dynamodbJobStore(`jobs?region=${region}&tenant=${tenant}&endpoint=${endpoint}`, { now, client: { credentials } });

  /** A store over the network, whose faults each test sets. */
  async function openBad(tenant = newTenant()): Promise<JobStore> {
    network.faults();
    return open(tenant, Date.now, network.url);
  }

  /** Everything of a tenant. */
  async function itemsOf(tenant: string) {
    const found: Record<string, unknown>[] = [];
    for (let from: Record<string, unknown> | undefined; ; ) {
      const page = await documents.send(
        new ScanCommand({ TableName: 'jobs', ConsistentRead: true, ExclusiveStartKey: from }),
      );
      found.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
      if (!from) return found.filter(({ pk }) => String(pk).startsWith(`${tenant}#`));
    }
  }

  return { region, url, credentials, direct, network, newTenant, open, openBad, itemsOf };
}

export const notice = (message: string): EventBody => ({ type: 'notice', level: 'info', message });

/** The fault for each request that matches, the first time that it comes. */
export const once = (fault: Fault, matches: (seen: Seen) => boolean) => {
  const met = new Set<string>();
  return (seen: Seen) => {
    const request = `${seen.target} ${seen.body}`;
    if (!matches(seen) || met.has(request)) return undefined;
    met.add(request);
    return fault;
  };
};
