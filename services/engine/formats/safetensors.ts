/**
 * Safetensors: named tensors in one file, without code in it.
 *
 * Layout: header length (uint64, little endian), a JSON object `{name: {dtype, shape, data_offsets}}` padded with spaces to
 * 8 bytes, then the values, without gaps. Source: the format's description in huggingface/safetensors, which also asks a
 * reader to refuse overlaps, holes and headers above 100 MB.
 */
import { AnnealError } from '@anneal/schemas';

const arrays = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;

export type TensorDtype = keyof typeof arrays;

export interface NamedTensor {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  /** In C order. */
  readonly values: Float64Array | Float32Array | Int32Array | Uint8Array;
}

export interface Safetensors {
  readonly tensors: NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const longestHeader = 100_000_000;

/** @throws RangeError for tensors that don't fit their shape or share a name: a mistake of the caller */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set('__metadata__', metadata);
  // Wide types first, so that every tensor starts at a multiple of its own width.
  const ordered = [...tensors].sort((a, b) => width(b.dtype) - width(a.dtype));
  let end = 0;
  for (const { name, dtype, shape, values } of ordered) {
    if (header.has(name) || name === '__metadata__') throw new RangeError(`two tensors are called ${name}`);
    if (!(values instanceof arrays[dtype]) || values.length !== size(shape)) {
      throw new RangeError(`${name} holds ${values.length} values, not ${dtype} of shape [${shape.join(', ')}]`);
    }
    header.set(name, { dtype, shape, data_offsets: [end, end + values.byteLength] });
    end += values.byteLength;
  }
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(start + end).fill(0x20, 0, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(json, 8);
  let at = start;
  for (const { values } of ordered) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/**
 * Tensors in the order of their bytes; the values are copies.
 * @param name what messages call the file
 * @throws AnnealError `data_damaged` naming the file and what is wrong with it
 */
export function readSafetensors(file: Uint8Array, name = 'the safetensors file'): Safetensors {
  const damaged = (wrong: string) => new AnnealError('data_damaged', `${name} ${wrong}`);
  if (file.length < 8) throw damaged(`has ${file.length} bytes, too few for a header`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > longestHeader || length > file.length - 8) {
    throw damaged(`gives its header ${length} bytes, but has ${file.length} in all`);
  }
  const start = 8 + Number(length);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(file.subarray(8, start), damaged);
  if (!isStrings(metadata)) throw damaged('has metadata that are not strings');
  const places = Object.entries(entries).map(([tensor, entry]) => place(tensor, entry, damaged));
  places.sort((a, b) => a.from - b.from || a.to - b.to);
  // Not file.slice: a Buffer's shares its memory.
  const copy = (from: number, to: number) => new Uint8Array(file.subarray(from, to)).buffer;
  let at = 0;
  const tensors = places.map(({ name: tensor, dtype, shape, from, to }) => {
    if (from !== at)
      throw damaged(`has ${from < at ? 'an overlap' : 'a hole'} at byte ${at} of its values, before ${tensor}`);
    if (to > file.length - start) throw damaged(`ends inside ${tensor}`);
    at = to;
    return { name: tensor, dtype, shape, values: new arrays[dtype](copy(start + from, start + to)) };
  });
  if (start + at !== file.length) throw damaged(`has ${file.length - start - at} bytes that belong to no tensor`);
  return { tensors, metadata };
}

type Damaged = (wrong: string) => AnnealError;

function parseHeader(bytes: Uint8Array, damaged: Damaged): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged(`has a header that is not JSON (${(cause as Error).message})`);
  }
  if (!isObject(header)) throw damaged('has a header that is no JSON object');
  return header;
}

function place(name: string, entry: unknown, damaged: Damaged) {
  const { dtype, shape, data_offsets: offsets } = isObject(entry) ? entry : {};
  if (typeof dtype !== 'string' || !isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw damaged(`describes ${name} by something else than dtype, shape and data_offsets`);
  }
  if (!Object.hasOwn(arrays, dtype)) {
    throw damaged(`has ${name} of type ${dtype}; ${Object.keys(arrays).join(', ')} can be read`);
  }
  const [from, to] = offsets as [number, number];
  const bytes = size(shape) * width(dtype as TensorDtype);
  if (to - from !== bytes)
    throw damaged(`gives ${name} ${to - from} bytes, but ${dtype} of shape [${shape.join(', ')}] takes ${bytes}`);
  return { name, dtype: dtype as TensorDtype, shape, from, to };
}

const width = (dtype: TensorDtype) => arrays[dtype].BYTES_PER_ELEMENT;
const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
const isStrings = (value: unknown): value is Record<string, string> =>
  isObject(value) && Object.values(value).every((item) => typeof item === 'string');
