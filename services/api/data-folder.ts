/** The data folder on this machine: whether the .npy files of a spec are there, whole and alike, before the job is taken. */
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { dataFiles, SpecError } from '@anneal/schemas';
import type { DataFolder } from './services.ts';

export function dataFolder(folder: string): DataFolder {
  const check: DataFolder['check'] = async (files) => {
    for (const { name, param } of files) await find(folder, name, param);
  };
  return {
    check,
    async rows(data) {
      if (data.type !== 'npy') {
        await check(dataFiles(data));
        return null;
      }
      const { inputs, labels } = data;
      const rows = await rowsOf(await find(folder, inputs, 'data.inputs'), inputs, 'data.inputs');
      if (labels === undefined) return rows;
      const labelled = await rowsOf(await find(folder, labels, 'data.labels'), labels, 'data.labels');
      if (rows === labelled) return rows;
      const text = `${labels} has ${labelled} rows, but ${inputs} has ${rows}; each input needs one label`;
      throw new SpecError('data_damaged', `data.labels: ${text}`, 'data.labels');
    },
  };
}

/** The real path of a file. @throws SpecError if it leads out of the folder, by `..`, an absolute path or a link, or isn't there */
async function find(folder: string, name: string, param: string): Promise<string> {
  const outside = () =>
    new SpecError(
      'invalid_spec',
      `${param}: '${name}' leads out of the data folder of the service; give a path within it`,
      param,
    );
  const asked = path.resolve(folder, name);
  if (name.includes('\0') || path.isAbsolute(name) || !contains(path.resolve(folder), asked)) throw outside();
  let real: string;
  try {
    real = await realpath(asked);
    if (!contains(await realpath(folder), real)) throw outside();
    if ((await stat(real)).isFile()) return real;
  } catch (cause) {
    if (cause instanceof SpecError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'is not there' : `can't be read (${code})`;
    throw new SpecError('data_missing', `${param}: '${name}' ${why}; files are looked for in ${folder}`, param);
  }
  throw new SpecError('data_missing', `${param}: '${name}' is not a file`, param);
}

function contains(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Rows by the header of an .npy file (NumPy Enhancement Proposal 1); its values are looked at by the run. @throws SpecError */
async function rowsOf(file: string, name: string, param: string): Promise<number> {
  const damaged = (text: string) => new SpecError('data_damaged', `${param}: ${name} ${text}`, param);
  const handle = await open(file);
  try {
    const lead = Buffer.alloc(12);
    await handle.read(lead, 0, 12, 0);
    if (lead.toString('latin1', 0, 6) !== '\x93NUMPY') throw damaged('is not an .npy file');
    const [start, length] = lead[6] === 1 ? [10, lead.readUInt16LE(8)] : [12, lead.readUInt32LE(8)];
    const header = Buffer.alloc(Math.min(length, 65_536));
    await handle.read(header, 0, header.length, start);
    const { width, shape } =
      /'descr': ?'[<|](?:[a-z])(?<width>\d+)'.*'shape': ?\((?<shape>[\d, ]*)\)/s.exec(header.toString())?.groups ?? {};
    if (width === undefined || shape === undefined) throw damaged('has no header that can be read');
    const sides = shape.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)]));
    const needed = start + length + Number(width) * sides.reduce((product, side) => product * side, 1);
    const { size } = await handle.stat();
    if (size !== needed) throw damaged(`has ${size} bytes where its shape [${sides.join(', ')}] takes ${needed}`);
    const [rows] = sides;
    if (rows === undefined || rows === 0) throw damaged('holds no rows');
    return rows;
  } finally {
    await handle.close();
  }
}
