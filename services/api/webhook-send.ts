/**
 * Function of Lambda that sends what lies in the queue of webhooks. A message that could not be delivered stays in it, and becomes visible
 * again after a wait that grows with its tries; after the last one SQS moves it to the dead-letter queue. Environment: ANNEAL_STORE,
 * ANNEAL_WEBHOOK_QUEUE (its URL), ANNEAL_WEBHOOK_NETWORKS.
 */
import { clientSettings } from '@anneal/core/adapters/aws/client.ts';
import { openTable } from '@anneal/core/adapters/dynamodb-job-store/open.ts';
import { dynamodbRecordStore } from '@anneal/core/adapters/dynamodb-record-store/index.ts';
import { addressOf, DEFAULT_TENANT } from '@anneal/core/tenant.ts';
import { attempt } from '@anneal/core/webhooks/attempt.ts';
import { endpointsOf } from '@anneal/core/webhooks/endpoints.ts';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { networksIn, required, restOf } from './lambda-environment.ts';
import type { QueuedMessage } from './webhook-queue.ts';

interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Tries, this one included. */
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

const { env } = process;
const table = restOf(addressOf(required(env, 'ANNEAL_STORE'), DEFAULT_TENANT), 'dynamodb', 'ANNEAL_STORE');
const QueueUrl = required(env, 'ANNEAL_WEBHOOK_QUEUE');
const networks = networksIn(env);
const { client } = await openTable(table, undefined, false);
const records = await dynamodbRecordStore(table, { client, check: false });
// Few tries: Lambda invokes again with what has failed.
const queue = new SQSClient(clientSettings(3));

export async function handler(event: { readonly Records: readonly QueueRecord[] }) {
  const sent = await Promise.all(event.Records.map(send));
  const failed = event.Records.filter((_record, i) => !sent[i]);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Whether the message is done with. */
async function send({ body, receiptHandle, attributes }: QueueRecord): Promise<boolean> {
  const { tenant, ...sent } = JSON.parse(body) as QueuedMessage;
  const { webhook, id } = sent;
  const tries = Number(attributes.ApproximateReceiveCount);
  try {
    const endpoints = endpointsOf(records, { tenant, networks });
    const failure = await attempt(endpoints, sent, tries, Date.now(), { networks });
    if (!failure) return true;
    const { reason, wait } = failure;
    console.warn(JSON.stringify({ level: 'warn', tenant, webhook, id, tries, reason }));
    if (wait !== undefined) await waitFor(receiptHandle, wait);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', tenant, webhook, id, tries, message: String(error) }));
  }
  return false;
}

const waitFor = (ReceiptHandle: string, VisibilityTimeout: number): Promise<unknown> =>
  queue.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
