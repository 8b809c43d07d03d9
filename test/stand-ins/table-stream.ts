/** The stream of a table of DynamoDB Local, read as Lambda's event source reads it. */
import { type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { StandIn } from '../../infra/stand-ins/index.mjs';

/** Has the table stream from now on. Returns what gives the records that are new since the call before, as Lambda hands them on. */
export async function streamOf(
  tables: DynamoDBClient,
  { url, credentials }: StandIn,
  TableName: string,
): Promise<() => Promise<object[]>> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } as const;
  await tables.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  const streams = new DynamoDBStreamsClient({ region: 'us-east-1', endpoint: url, credentials });
  let iterator: string | undefined;

  async function first(): Promise<string | undefined> {
    const { Streams = [] } = await streams.send(new ListStreamsCommand({ TableName }));
    const { StreamArn } = Streams[0]!;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const { ShardId } = StreamDescription!.Shards![0]!;
    const input = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    return (await streams.send(new GetShardIteratorCommand(input))).ShardIterator;
  }

  return async () => {
    iterator ??= await first();
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    iterator = NextShardIterator;
    // Bytes are in base 64 there.
    return JSON.parse(
      JSON.stringify(Records, (_key, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value,
      ),
    ) as object[];
  };
}
