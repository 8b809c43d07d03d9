/** What DynamoDB answers when it does not carry a request out. */
import type { Fault, Seen } from './faulty-proxy.ts';

export const refusal = (type: string, extra = {}): Fault => ({
  kind: 'answer',
  status: 400,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'by the test', ...extra }),
});
export const cancelled = (...codes: string[]): Fault =>
  refusal('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code, Message: 'by the test' })),
  });
export const isWrite = ({ target }: Seen) => /TransactWriteItems|UpdateItem/.test(target);
