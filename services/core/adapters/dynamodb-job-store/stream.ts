/** The stream of the table as event sources of Lambda hand it on: which records are moves of jobs. */
import type { EventBody } from '@anneal/schemas';
import { ownerOfEvents } from './keys.ts';
import { unpack } from './packed.ts';

/** The part of a record that is used; values as DynamoDB writes them in JSON. */
export interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: {
    readonly SequenceNumber?: string;
    readonly NewImage?: Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly B?: string }>>;
  };
}

export interface JobMove {
  readonly tenant: string;
  readonly jobId: string;
  /** Of the event in its job. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly body: Extract<EventBody, { type: 'state' }>;
}

/** Undefined for a record of something else. */
export function moveIn({ eventName, dynamodb }: StreamRecord): JobMove | undefined {
  const { pk, sk, at, body: packed } = dynamodb?.NewImage ?? {};
  const owner = ownerOfEvents(pk?.S ?? '');
  if (eventName !== 'INSERT' || !owner || !packed) return undefined;
  const body = unpack<EventBody>(packed.S ?? Buffer.from(packed.B ?? '', 'base64'));
  return body.type === 'state' ? { ...owner, seq: Number(sk?.S), at: Number(at?.N), body } : undefined;
}
