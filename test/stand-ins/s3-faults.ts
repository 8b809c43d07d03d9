/** What S3 answers when it does not carry a request out. */
import type { Fault } from './faulty-proxy.ts';

export const slowDown: Fault = {
  kind: 'answer',
  status: 503,
  body: '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
};
