/** The table's shape: made for tests and by hand; on AWS the CDK app makes it the same. */
import { AnnealError } from '@anneal/schemas';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { awsError, wordsOf } from '../aws/error.ts';
import { SHAPE } from './keys.ts';

/** Seconds that a new table may take to be there. */
const PATIENCE = 120;

/** Makes the table, paid by request. */
export async function createJobsTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [SHAPE.partition, SHAPE.sort].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: SHAPE.partition, KeyType: 'HASH' },
        { AttributeName: SHAPE.sort, KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: PATIENCE, minDelay: 1 }, { TableName });
  const TimeToLiveSpecification = { AttributeName: SHAPE.ttl, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

/** @throws AnnealError store_unavailable if the table can't be reached, conflict if it has other keys */
export async function checkTable(client: DynamoDBClient, TableName: string): Promise<void> {
  let found: string;
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    found = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(', ');
  } catch (cause) {
    const known = awsError(cause);
    if (!known) throw cause;
    const text = `the table ${TableName} can't be reached: ${wordsOf(known)}`;
    throw new AnnealError('store_unavailable', text, null, [], { cause });
  }
  const wanted = `${SHAPE.partition}, ${SHAPE.sort}`;
  if (found === wanted) return;
  const text = `the table ${TableName} has the keys ${found}, Anneal's are ${wanted}; give the jobs a table of their own`;
  throw new AnnealError('conflict', text);
}
