/** Logs of runs, from CloudWatch Logs. */
import { AnnealError } from '@anneal/schemas';
import { type CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { awsError, wordsOf } from '../aws/error.ts';

/** Last lines that say why a runner ended. */
const TAIL_LINES = 20;

export type Logs = ReturnType<typeof logsOf>;

export function logsOf(client: CloudWatchLogsClient, logGroupName: string) {
  /** One page of a stream; undefined if there is no such stream: nothing has been written. */
  async function page(logStreamName: string, request: { nextToken?: string; limit?: number; startFromHead: boolean }) {
    try {
      return await client.send(new GetLogEventsCommand({ logGroupName, logStreamName, ...request }));
    } catch (cause) {
      const known = awsError(cause);
      if (!known) throw cause;
      if (known.name === 'ResourceNotFoundException') return undefined;
      const text = `the log ${logGroupName} can't be read: ${wordsOf(known)}`;
      throw new AnnealError('store_unavailable', text, null, [], { cause });
    }
  }

  return {
    /** All lines of a stream. Its end is where the token to go on with stays the same. */
    async *read(stream: string): AsyncGenerator<Uint8Array> {
      for (let nextToken: string | undefined; ; ) {
        const answer = await page(stream, { startFromHead: true, ...(nextToken !== undefined && { nextToken }) });
        if (!answer) return;
        const lines = (answer.events ?? []).map(({ message = '' }) => `${message}\n`).join('');
        if (lines) yield Buffer.from(lines);
        if (answer.nextForwardToken === nextToken) return;
        nextToken = answer.nextForwardToken;
      }
    },

    /** The last lines of a stream, or the empty string. */
    async tail(stream: string): Promise<string> {
      const answer = await page(stream, { startFromHead: false, limit: TAIL_LINES });
      return (answer?.events ?? []).map(({ message }) => message ?? '').join('\n');
    },
  };
}
