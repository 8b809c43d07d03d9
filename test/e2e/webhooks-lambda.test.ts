/**
 * Webhooks as they are sent on AWS: the API's function registers one, DynamoDB's stream tells of a job's moves, one function puts them
 * into a queue of SQS (ElasticMQ), another sends them. The test stands for what Lambda does between them: it reads the stream and the
 * queue, invokes the functions, and takes from the queue what they say is done.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Webhook } from 'standardwebhooks';
import { startSqs } from '../../infra/stand-ins/index.mjs';
import { Anneal } from '../../sdk/index.ts';
import { spec } from '../api/spec.ts';
import { startReceiver } from '../core/receiver.ts';
import { lambdaPlace } from '../stand-ins/lambda-place.ts';
import { standIn } from '../stand-ins/start.ts';
import { streamOf } from '../stand-ins/table-stream.ts';

const what = 'webhooks on Lambda';
const place = await standIn(what, lambdaPlace);
const sqs = place && (await standIn(what, () => startSqs({ credentials: place.credentials })));

if (place && sqs) {
  const { credentials } = place;
  const region = 'us-east-1';
  const tables = new DynamoDBClient({ region, endpoint: place.dynamodb.url, credentials });
  const newRecords = await streamOf(tables, place.dynamodb, 'anneal');
  const queues = new SQSClient({ region, endpoint: sqs.url, credentials });

  /** A queue whose messages go to another after two tries. */
  async function newQueue(name: string) {
    const { QueueUrl: dead } = await queues.send(new CreateQueueCommand({ QueueName: `${name}-dead` }));
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
    );
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 2 });
    const { QueueUrl } = await queues.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { RedrivePolicy, VisibilityTimeout: '30' } }),
    );
    return { url: QueueUrl!, dead: dead! };
  }

  const receive = async (QueueUrl: string): Promise<Message[]> => {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount' as const],
    };
    return (await queues.send(new ReceiveMessageCommand(input))).Messages ?? [];
  };
  const recordsOf = (messages: readonly Message[]) => ({
    Records: messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
      ...{ messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes },
    })),
  });
  interface Answer {
    readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
  }

  test('a job’s moves reach the receiver, signed; what fails waits longer each time and ends in the dead-letter queue', async (t) => {
    const receiver = await startReceiver();
    t.after(() => receiver.stop());
    const queue = await newQueue('webhooks');
    const env = {
      ANNEAL_WEBHOOK_QUEUE: queue.url,
      ANNEAL_WEBHOOK_NETWORKS: '127.0.0.0/8',
    };
    const api = await place.start('api', env);
    const dispatch = await place.start('webhook-dispatch', env);
    const send = await place.start('webhook-send', env);
    const client = new Anneal({ baseUrl: api.url, token: await place.key('hooks', ['admin']) });
    const url = `http://127.0.0.1:${receiver.port}/`;
    const { id, secret } = await client.webhooks.create({ url, events: ['job.queued', 'job.cancelled'] });
    const other = new Anneal({ baseUrl: api.url, token: await place.key('others') });
    await other.jobs.create(spec());
    const job = await client.jobs.create(spec());
    await client.jobs.cancel(job.id);

    /** Hands the stream on, and what the queue then holds. */
    async function pump(): Promise<Message[]> {
      const answer = (await dispatch.invoke({ Records: await newRecords() })) as Answer;
      assert.deepEqual(answer.batchItemFailures, [], dispatch.logs());
      return receive(queue.url);
    }
    const messages = await pump();
    assert.equal(messages.length, 2, dispatch.logs());
    const sent = (await send.invoke(recordsOf(messages))) as Answer;
    assert.deepEqual(sent.batchItemFailures, [], send.logs());
    for (const { ReceiptHandle } of messages)
      await queues.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
    const verifier = new Webhook(secret);
    const told = receiver.received.map(
      ({ body, headers }) =>
        verifier.verify(body, headers as Record<string, string>) as { type: string; data: { id: string } },
    );
    assert.deepEqual(told.map(({ type }) => type).sort(), ['job.cancelled', 'job.queued']);
    assert.deepEqual([...new Set(told.map(({ data }) => data.id))], [job.id]);

    receiver.answer = 500;
    await client.jobs.create(spec());
    const [first] = await pump();
    assert.ok(first);
    const failed = (await send.invoke(recordsOf([first]))) as Answer;
    assert.deepEqual(failed.batchItemFailures, [{ itemIdentifier: first.MessageId }]);
    assert.equal((await client.webhooks.list()).find((one) => one.id === id)?.failing?.reason, 'it answered 500');
    assert.deepEqual(await receive(queue.url), [], 'it waits');
    // 5 s, and not the 30 that the queue has.
    const began = performance.now();
    let again: Message[] = [];
    while (again.length === 0) again = await receive(queue.url);
    const waited = performance.now() - began;
    assert.ok(waited > 2000 && waited < 25_000, `${waited} ms`);
    assert.equal(again[0]?.Attributes?.ApproximateReceiveCount, '2');
    await send.invoke(recordsOf(again));
    assert.deepEqual(await receive(queue.url), [], 'for 5 minutes now');
    const { ReceiptHandle } = again[0]!;
    await queues.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 }));
    let dead: Message[] = [];
    while (dead.length === 0) {
      assert.deepEqual(await receive(queue.url), []);
      dead = await receive(queue.dead);
    }
    assert.equal(dead[0]?.Body, first.Body);

    // One that is removed meanwhile is told nothing.
    await client.webhooks.delete(id);
    const count = receiver.received.length;
    assert.deepEqual(((await send.invoke(recordsOf(dead))) as Answer).batchItemFailures, []);
    assert.equal(receiver.received.length, count);
  });

  test('a queue that can’t be reached fails the batch, which comes again; nothing of it is lost', async () => {
    const queue = await newQueue('reached');
    const env = { ANNEAL_WEBHOOK_QUEUE: queue.url, ANNEAL_WEBHOOK_NETWORKS: '127.0.0.0/8' };
    const broken = await place.start('webhook-dispatch', {
      ...env,
      ANNEAL_WEBHOOK_QUEUE: 'http://127.0.0.1:9/000000000000/none',
    });
    const works = await place.start('webhook-dispatch', env);
    const api = await place.start('api', env);
    const client = new Anneal({ baseUrl: api.url, token: await place.key('again', ['admin']) });
    await newRecords();
    await client.webhooks.create({ url: 'http://127.0.0.1:9/', events: ['job.queued'] });
    const { id } = await client.jobs.create(spec());
    const Records = await newRecords();
    const failed = (await broken.invoke({ Records })) as Answer;
    assert.equal(failed.batchItemFailures.length, 1);
    const from = Records.findIndex(
      (record) =>
        (record as { dynamodb: { SequenceNumber: string } }).dynamodb.SequenceNumber ===
        failed.batchItemFailures[0]!.itemIdentifier,
    );
    assert.ok(from >= 0);
    assert.deepEqual(((await works.invoke({ Records: Records.slice(from) })) as Answer).batchItemFailures, []);
    const messages = await receive(queue.url);
    assert.deepEqual(
      messages.map(({ Body }) => JSON.parse(Body!).id),
      [`msg_${id}_1`],
    );
  });
}
