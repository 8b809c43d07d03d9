/** Reads a stream of server-sent events, as the living standard says, for tests. */
import assert from 'node:assert/strict';
import type { Event, ProgressMessage, StreamEnd } from '@anneal/schemas';
import { assertShape } from './conformance.ts';

export interface Message {
  readonly id: number | undefined;
  readonly type: string;
  readonly data: Event | ProgressMessage | StreamEnd;
}

const shapes: Record<string, string> = { progress: 'ProgressMessage', end: 'StreamEnd' };

/** Messages and comments as they come; each is checked against the document. Leaving the loop cancels the stream. */
export async function* messages(
  response: Response,
  onComment: (text: string) => void = () => {},
): AsyncGenerator<Message> {
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
      const block = text.slice(0, at).split('\n');
      text = text.slice(at + 2);
      const field = (name: string) => block.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const [type, id, data] = [field('event'), field('id'), field('data')];
      if (block[0]?.startsWith(':')) onComment(block[0]);
      if (type === undefined || data === undefined) continue;
      const value = JSON.parse(data) as Message['data'];
      assertShape(shapes[type] ?? 'Event', value);
      yield { id: id === undefined ? undefined : Number(id), type, data: value };
    }
  }
  assert.equal(text, '', 'the stream ends within a message');
}

export async function all(response: Response): Promise<Message[]> {
  const found: Message[] = [];
  for await (const message of messages(response)) found.push(message);
  return found;
}
