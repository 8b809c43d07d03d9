/** The table itself: its requests, tried again when DynamoDB is busy, and its errors in our words. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AnnealError } from '@anneal/schemas';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { awsError, wordsOf } from '../aws/error.ts';
import type { Key } from './keys.ts';

export type Item = Record<string, unknown>;
type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
/** A write of a transaction, without the table's name. */
export type Action = {
  [Kind in 'Put' | 'Delete' | 'Update']: { [_ in Kind]: Omit<NonNullable<Write[Kind]>, 'TableName'> };
}['Put' | 'Delete' | 'Update'];

/** Reasons for which DynamoDB gives a transaction up that could succeed. */
const BUSY: readonly string[] = [
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'TransactionConflict',
  'RequestLimitExceeded',
];
/** Tries of what is busy; the waits between them grow to 2 s and add up to about half a minute. */
const TRIES = 24;
const KEYS_AT_ONCE = 100;

export type Table = ReturnType<typeof tableOf>;

export function tableOf(client: DynamoDBDocumentClient, TableName: string) {
  /** @throws AnnealError store_unavailable */
  async function translated<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw explain(error, TableName);
    }
  }

  return {
    name: TableName,

    get: (key: Key): Promise<Item | undefined> =>
      translated(async () => (await client.send(new GetCommand({ TableName, Key: key, ConsistentRead: true }))).Item),

    /** One page, by consistent read. */
    query: (input: Omit<QueryCommandInput, 'TableName'>) =>
      translated(() => client.send(new QueryCommand({ TableName, ConsistentRead: true, ...input }))),

    /** Items by their keys, in no order; what is not there is left out. */
    async items(keys: readonly Key[]): Promise<Item[]> {
      const found: Item[] = [];
      for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
        let wanted: Item[] = keys.slice(start, start + KEYS_AT_ONCE).map((key) => ({ ...key }));
        for (let tries = 1; wanted.length > 0; tries++) {
          const request = { RequestItems: { [TableName]: { Keys: wanted, ConsistentRead: true } } };
          const answer = await translated(() => client.send(new BatchGetCommand(request)));
          const got = answer.Responses?.[TableName] ?? [];
          found.push(...got);
          wanted = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
          if (wanted.length > 0) await waitBusy(tries, TableName);
        }
      }
      return found;
    },

    /** A conditional update of one item; undefined if its condition did not hold. */
    async update(input: Omit<UpdateCommandInput, 'TableName'>, signal?: AbortSignal): Promise<Item | undefined> {
      try {
        const command = new UpdateCommand({ TableName, ReturnValues: 'ALL_NEW', ...input });
        return (await client.send(command, signal && { abortSignal: signal })).Attributes ?? {};
      } catch (error) {
        if (awsError(error)?.name === 'ConditionalCheckFailedException') return undefined;
        throw explain(error, TableName);
      }
    },

    /** A conditional write of one item, whole; false if its condition did not hold. */
    async put(input: Omit<PutCommandInput, 'TableName'>): Promise<boolean> {
      try {
        await client.send(new PutCommand({ TableName, ...input }));
        return true;
      } catch (error) {
        if (awsError(error)?.name === 'ConditionalCheckFailedException') return false;
        throw explain(error, TableName);
      }
    },

    remove: (key: Key): Promise<unknown> =>
      translated(() => client.send(new DeleteCommand({ TableName, Key: { ...key } }))),

    /** All of the actions or none: false where a condition did not hold. A request whose answer is lost is sent again with the same token: it is carried out once. */
    async write(actions: readonly Action[]): Promise<boolean> {
      const TransactItems = actions.map((action) => withTable(action, TableName));
      for (let tries = 1; ; tries++) {
        try {
          await client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken: randomUUID() }));
          return true;
        } catch (error) {
          const reasons = reasonsOf(error);
          if (!reasons) throw explain(error, TableName);
          if (reasons.includes('ConditionalCheckFailed')) return false;
          if (!reasons.some((reason) => BUSY.includes(reason))) throw explain(error, TableName);
          await waitBusy(tries, TableName, error);
        }
      }
    },
  };
}

function withTable(action: Action, TableName: string): Write {
  const [[kind, input]] = Object.entries(action) as [[string, object]];
  return { [kind]: { ...input, TableName } } as Write;
}

/** Why each action of a transaction was given up; undefined for another error. */
function reasonsOf(error: unknown): string[] | undefined {
  const { CancellationReasons: reasons } = error as { CancellationReasons?: { Code?: string }[] };
  return awsError(error)?.name === 'TransactionCanceledException' ? reasons?.map(({ Code }) => Code ?? '') : undefined;
}

/** Waits a random time, longer each time. @throws AnnealError store_unavailable after too many */
export async function waitBusy(tries: number, table: string, cause?: unknown): Promise<void> {
  if (tries >= TRIES) throw new AnnealError('store_unavailable', `the table ${table} is too busy`, null, [], { cause });
  await pause(Math.random() * Math.min(2000, 25 * 2 ** tries));
}

function explain(error: unknown, table: string): unknown {
  const known = awsError(error);
  if (error instanceof AnnealError || !known) return error;
  const because = { cause: error };
  if (known.name === 'ValidationException' && /size has exceeded/i.test(known.message)) {
    return new AnnealError(
      'payload_too_large',
      'this is too large for an item of the job store: 400 KB',
      null,
      [],
      because,
    );
  }
  return new AnnealError('store_unavailable', `the table ${table} can't be used: ${wordsOf(known)}`, null, [], because);
}
