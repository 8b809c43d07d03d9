/** What every store of records asks of ids and values. */
import { AnnealError } from '@anneal/schemas';

const LARGEST = 100_000;

/** The value as JSON. @throws AnnealError invalid_request, payload_too_large */
export function checkedJson(id: string, value: unknown): string {
  if (!/^[A-Za-z0-9._-]{1,200}$/.test(id)) {
    const text = `'${id.slice(0, 100)}' is no id of a record: 1 to 200 letters, digits, ., _ and -`;
    throw new AnnealError('invalid_request', text);
  }
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes <= LARGEST) return json;
  throw new AnnealError('payload_too_large', `the record ${id} has ${bytes} bytes of JSON; ${LARGEST} are allowed`);
}
