/** Finds the files a spec names: under the data folder, and nowhere else. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AnnealError } from '@anneal/schemas';

/**
 * @param name as in the spec, relative to the data folder
 * @param param the field that names it
 * @returns the real path of the file, links followed
 * @throws AnnealError `invalid_spec` if it leads out of the folder, by `..`, by an absolute path or by a link;
 *   `data_missing` if there is no such file
 */
export async function dataFile(folder: string, name: string, param: string): Promise<string> {
  const asked = path.resolve(folder, name);
  if (name.includes('\0') || !contains(path.resolve(folder), asked)) throw outside(name, param);
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(asked)]);
    if (!contains(root, real)) throw outside(name, param);
    if ((await stat(real)).isFile()) return real;
  } catch (cause) {
    if (cause instanceof AnnealError) throw cause;
    throw missing(name, param, reason(cause as NodeJS.ErrnoException));
  }
  throw missing(name, param, 'it is not a file');
}

function contains(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function reason({ code }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
}

const outside = (name: string, param: string) =>
  new AnnealError('invalid_spec', `${param}: '${name}' leads out of the data folder of the service`, param);

const missing = (name: string, param: string, why: string) =>
  new AnnealError('data_missing', `${param}: '${name}' under the data folder of the service: ${why}`, param);
