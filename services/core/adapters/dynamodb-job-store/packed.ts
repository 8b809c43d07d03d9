/** JSON in an item: as text, or compressed where that is worth it. An item ends at 400 KB. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { AnnealError } from '@anneal/schemas';

export type Packed = string | Uint8Array;

/** Characters from which on text is compressed. */
const LONG = 1024;
/** Bytes; the rest is for what else the item holds. */
const LARGEST = 380_000;

/** @throws AnnealError payload_too_large */
export function pack(what: string, value: unknown): Packed {
  const text = JSON.stringify(value);
  if (text.length < LONG) return text;
  const bytes = gzipSync(text);
  if (bytes.length <= LARGEST) return bytes;
  throw new AnnealError(
    'payload_too_large',
    `${what} is too large for this job store: ${bytes.length} bytes when compressed, ${LARGEST} are allowed`,
  );
}

export const unpack = <T>(packed: Packed): T =>
  JSON.parse(typeof packed === 'string' ? packed : gunzipSync(packed).toString('utf8')) as T;
