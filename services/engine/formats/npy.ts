/**
 * Reads NumPy's .npy files, versions 1.0 to 3.0: magic string, version, header length, a Python dict literal, raw values.
 *
 * Source: NumPy Enhancement Proposal 1 and `numpy.lib.format`. Written here because npyjs 1.2 takes the whole file into
 * memory, ignores the version and never compares the file's size with its shape, so a truncated file gives fewer rows.
 */
import { open } from 'node:fs/promises';
import { AnnealError } from '@anneal/schemas';

const arrays = {
  '|b1': Uint8Array,
  '|u1': Uint8Array,
  '|i1': Int8Array,
  '<u2': Uint16Array,
  '<i2': Int16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<u8': BigUint64Array,
  '<i8': BigInt64Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
} as const;

/** NumPy's own notation: byte order, kind, bytes a value. */
export type NpyDtype = keyof typeof arrays;
export type NpyPart = InstanceType<(typeof arrays)[NpyDtype]>;

export interface NpyFile {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** The values in C order, some megabytes at a time: no more than one part of the file is in memory. */
  readonly parts: () => AsyncGenerator<NpyPart>;
}

/** Values in one part. */
const partValues = 512 * 1024;

/**
 * Reads the header, and checks that the file is as long as it says.
 * @param file where it lies
 * @param name what messages call it
 * @throws AnnealError `data_damaged` naming the file and what is wrong with it
 */
export async function openNpy(file: string, name: string): Promise<NpyFile> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const lead = new Uint8Array(Math.min(size, 12));
    await handle.read(lead, 0, lead.length, 0);
    const { start, length } = headerPlace(lead, name);
    if (start + length > size) throw damaged(name, `ends inside its header, after ${size} bytes`);
    const header = Buffer.alloc(length);
    await handle.read(header, 0, length, start);
    const { dtype, shape } = parseHeader(header.toString('utf8'), name);
    const width = arrays[dtype].BYTES_PER_ELEMENT;
    const needed = start + length + width * shape.reduce((product, side) => product * side, 1);
    if (size !== needed) {
      throw damaged(name, `has ${size} bytes where ${dtype} values of shape [${shape.join(', ')}] take ${needed}`);
    }
    return { dtype, shape, parts: () => readParts(file, name, dtype, start + length, size) };
  } finally {
    await handle.close();
  }
}

async function* readParts(file: string, name: string, dtype: NpyDtype, start: number, end: number) {
  const array = arrays[dtype];
  const handle = await open(file);
  try {
    for (let at = start; at < end; ) {
      const bytes = Math.min(end - at, partValues * array.BYTES_PER_ELEMENT);
      const part = new ArrayBuffer(bytes);
      const { bytesRead } = await handle.read(new Uint8Array(part), 0, bytes, at);
      if (bytesRead !== bytes) throw damaged(name, 'became shorter while it was read');
      yield new array(part);
      at += bytes;
    }
  } finally {
    await handle.close();
  }
}

function headerPlace(lead: Uint8Array, name: string) {
  if (Buffer.from(lead.subarray(0, 6)).toString('latin1') !== '\x93NUMPY') {
    throw damaged(name, "is not an .npy file: it doesn't begin with \\x93NUMPY");
  }
  const version = lead[6];
  if (version === undefined || version < 1 || version > 3) {
    throw damaged(name, `is of .npy version ${version ?? 'unknown'}; versions 1 to 3 can be read`);
  }
  const start = version === 1 ? 10 : 12;
  if (lead.length < start) throw damaged(name, `ends inside its header, after ${lead.length} bytes`);
  const view = new DataView(lead.buffer);
  return { start, length: version === 1 ? view.getUint16(8, true) : view.getUint32(8, true) };
}

/** The dict has exactly these keys; NumPy writes them in this order, and a trailing comma and padding after them. */
const dict =
  /^\{'descr': ?(?<descr>'[^']*'|\[.*\]), ?'fortran_order': ?(?<fortran>True|False), ?'shape': ?\((?<shape>[\d, ]*)\),? ?\}\s*$/s;

function parseHeader(text: string, name: string): { dtype: NpyDtype; shape: number[] } {
  const { descr, fortran, shape } = dict.exec(text)?.groups ?? {};
  if (descr === undefined || shape === undefined) {
    throw damaged(name, `has a header that is no .npy header: ${JSON.stringify(text.slice(0, 80))}`);
  }
  const dtype = descr.slice(1, -1);
  if (!(dtype in arrays)) {
    const advice = dtype.startsWith('>') ? 'big-endian and not among those' : 'not among those';
    throw damaged(
      name,
      `holds values of type ${descr}, which is ${advice} that can be read: ${Object.keys(arrays).join(' ')}`,
    );
  }
  if (fortran === 'True') {
    throw damaged(name, 'is in Fortran order (columns first); save it with numpy.ascontiguousarray');
  }
  const sides = shape.split(',').filter((side) => side.trim() !== '');
  return { dtype: dtype as NpyDtype, shape: sides.map(Number) };
}

function damaged(name: string, wrong: string): AnnealError {
  return new AnnealError('data_damaged', `data: ${name} ${wrong}`);
}
