/**
 * Function of Lambda that sends what lies in the queue of webhooks. A message that could not be delivered stays in it, and becomes visible
 * again after a wait that grows with its tries; after the last one SQS moves it to the dead-letter queue. Environment: ANNEAL_STORE,
 * ANNEAL_WEBHOOK_QUEUE (its URL), ANNEAL_WEBHOOK_NETWORKS.
 */
import { clientSettings } from '@anneal/core/adapters/aws/client.ts';
import { openTable } from '@anneal/core/adapters/dynamodb-job-store/open.ts';
import { dynamodbRecordStore } from '@anneal/core/adapters/dynamodb-record-store/index.ts';
import { addressOf, DEFAULT_TENANT } from '@anneal/core/tenant.ts';
import { deliver, RETRY_SECONDS } from '@anneal/core/webhooks/deliver.ts';
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
  const { tenant, webhook, id, message } = JSON.parse(body) as QueuedMessage;
  const tries = Number(attributes.ApproximateReceiveCount);
  try {
    const endpoints = endpointsOf(records, { tenant, networks });
    const endpoint = await endpoints.find(webhook);
    if (!endpoint) return true;
    const outcome = await deliver(endpoint, id, message, Date.now(), { networks });
    if (outcome.kind === 'gone') await endpoints.remove(webhook);
    if (outcome.kind === 'delivered') await endpoints.note(webhook, null);
    if (outcome.kind !== 'failed') return true;
    const wait = RETRY_SECONDS[tries - 1];
    const given = wait === undefined ? `; given up after ${tries} tries` : '';
    console.warn(JSON.stringify({ level: 'warn', tenant, webhook, id, tries, reason: outcome.reason + given }));
    await endpoints.note(webhook, `${outcome.reason}${given}`);
    if (wait !== undefined) await waitFor(receiptHandle, wait);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', tenant, webhook, id, tries, message: String(error) }));
  }
  return false;
}

const waitFor = (ReceiptHandle: string, VisibilityTimeout: number): Promise<unknown> =>
  queue.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
