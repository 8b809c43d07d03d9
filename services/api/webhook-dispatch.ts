/**
 * Function of Lambda that follows the stream of the table: each move of a job becomes a message in the queue for each webhook that asks
 * for it. Batches may come again: messages have the same `webhook-id` then. Environment: ANNEAL_STORE, ANNEAL_WEBHOOK_QUEUE (its URL).
 */
import { clientSettings } from '@anneal/core/adapters/aws/client.ts';
import { dynamodbJobStore } from '@anneal/core/adapters/dynamodb-job-store/index.ts';
import { openTable } from '@anneal/core/adapters/dynamodb-job-store/open.ts';
import { moveIn, type StreamRecord } from '@anneal/core/adapters/dynamodb-job-store/stream.ts';
import { dynamodbRecordStore } from '@anneal/core/adapters/dynamodb-record-store/index.ts';
import { addressOf, DEFAULT_TENANT } from '@anneal/core/tenant.ts';
import { messageId } from '@anneal/core/webhooks/deliver.ts';
import { type Endpoint, endpointsOf } from '@anneal/core/webhooks/endpoints.ts';
import { messageOf } from '@anneal/core/webhooks/message.ts';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { required, restOf } from './lambda-environment.ts';
import type { QueuedMessage } from './webhook-queue.ts';

const { env } = process;
const address = required(env, 'ANNEAL_STORE');
const QueueUrl = required(env, 'ANNEAL_WEBHOOK_QUEUE');
const tableOf = (tenant: string): string => restOf(addressOf(address, tenant), 'dynamodb', 'ANNEAL_STORE');
const { client } = await openTable(tableOf(DEFAULT_TENANT), undefined, false);
const shared = { client, check: false };
const records = await dynamodbRecordStore(tableOf(DEFAULT_TENANT), shared);
// Few tries: Lambda invokes again with what has failed.
const queue = new SQSClient(clientSettings(3));
/** SQS takes no more at once. */
const AT_ONCE = 10;

/** What comes after a record that failed comes again, with it. */
export async function handler(event: { readonly Records: readonly StreamRecord[] }) {
  const wanted = new Map<string, Promise<Endpoint[]>>();
  for (const record of event.Records) {
    try {
      await dispatch(record, wanted);
    } catch (error) {
      console.error(
        JSON.stringify({ level: 'error', message: String(error), record: record.dynamodb?.SequenceNumber }),
      );
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function dispatch(record: StreamRecord, wanted: Map<string, Promise<Endpoint[]>>): Promise<void> {
  const move = moveIn(record);
  if (!move) return;
  const { tenant, jobId, seq, at, body } = move;
  const endpoints = wanted.get(tenant) ?? endpointsOf(records, { tenant }).list();
  wanted.set(tenant, endpoints);
  const asking = (await endpoints).filter(({ events }) => events.includes(`job.${body.state}`));
  if (asking.length === 0) return;
  const job = await (await dynamodbJobStore(tableOf(tenant), shared)).get(jobId);
  const message = messageOf(job, { seq, at: new Date(at).toISOString(), body });
  if (!message) return;
  const all = asking.map(({ id: webhook }): QueuedMessage => ({ tenant, webhook, id: messageId(jobId, seq), message }));
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const Entries = all
      .slice(start, start + AT_ONCE)
      .map((one, i) => ({ Id: String(i), MessageBody: JSON.stringify(one) }));
    const { Failed = [] } = await queue.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed.length > 0)
      throw new Error(`the queue did not take a message: ${Failed[0]?.Message ?? Failed[0]?.Code}`);
  }
}
