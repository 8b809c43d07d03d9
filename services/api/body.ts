/** Reads the JSON body of a request, within a limit. */
import { AnnealError } from '@anneal/schemas';
import { jsonFault } from './json-position.ts';

/** No spec is deeper; what checks it later recurses. */
const DEPTH = 64;

/**
 * @throws AnnealError unsupported_media_type, payload_too_large, or invalid_json naming line and column
 */
export async function readJson(request: Request, limitBytes: number): Promise<unknown> {
  checkMediaType(request.headers);
  const text = decode(await readBytes(request, limitBytes));
  if (text.trim() === '') throw new AnnealError('invalid_json', 'the body is empty; send a JSON document');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const fault = jsonFault(text);
    const where = fault ? `line ${fault.line}, column ${fault.column}: ${fault.message}` : String(cause);
    throw new AnnealError('invalid_json', `the body is not JSON: ${where}`, null, [], { cause });
  }
  if (deeperThan(value, DEPTH)) throw new AnnealError('invalid_json', `the body is nested deeper than ${DEPTH} levels`);
  return value;
}

function checkMediaType(headers: Headers): void {
  const given = headers.get('content-type');
  const [type = '', ...parameters] = (given ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.replace(/^charset=|"/g, '');
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8')) {
    const said = given === null ? 'the request has no content type' : `content type '${given}' is not taken`;
    throw new AnnealError('unsupported_media_type', `${said}; send application/json in UTF-8`, 'content-type');
  }
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    throw new AnnealError(
      'unsupported_media_type',
      `content encoding '${encoding}' is not taken; send the JSON as it is`,
      'content-encoding',
    );
  }
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new AnnealError('payload_too_large', `the body is larger than ${limit} bytes, the most that is taken`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) break;
    size += value.length;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AnnealError('invalid_json', 'the body is not valid UTF-8', null, [], { cause });
  }
}

/** Level by level, so that depth can't exhaust the stack. */
function deeperThan(value: unknown, depth: number): boolean {
  let level = [value];
  for (let deep = 0; level.length > 0; deep++) {
    if (deep > depth) return true;
    level = level.flatMap((item) => (item !== null && typeof item === 'object' ? Object.values(item) : []));
  }
  return false;
}
