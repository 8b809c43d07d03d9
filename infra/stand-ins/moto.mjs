/**
 * moto's server: many services of AWS in memory, from PyPI. Here it stands for the shape and the errors of requests to Batch, and for
 * CloudWatch Logs; its jobs end at once, so the life of a job is not its (test/stand-ins/batch has that).
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { findPython, PYTHON_REMEDY } from '../setup/python.mjs';
import { entryOf, fetchBy, NoStandIn } from './entry.mjs';
import { MOTO, MOTO_PACKAGES } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

/** Of Python 3. */
const OLDEST_MINOR = 10;

/**
 * What starts it on a port of this machine, and where its packages are: botocore's model of every service among them.
 * @param {Context} context
 * @returns {Promise<{ python: string, packages: string, command: (port: number) => { program: string, args: string[] } }>}
 * @throws NoStandIn
 */
export async function moto(context) {
  const python = await findPython(context);
  const [major = 0, minor = 0] = (python?.version ?? '').split('.').map(Number);
  if (!python?.pip || major < 3 || (major === 3 && minor < OLDEST_MINOR))
    throw new NoStandIn(`Python 3.${OLDEST_MINOR} or newer with pip is missing, which runs moto: ${PYTHON_REMEDY}`);
  const name = `moto-${MOTO}-python${python.version}-${process.platform}-${process.arch}`;
  const packages = await entryOf(context, name, async (made) => {
    const install = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'];
    await fetchBy(context, python.program, [...install, '--target', made, ...MOTO_PACKAGES]);
    // Some machines add certificates of their own to it, so that the entry would look damaged. It calls nobody.
    await fs.rm(path.join(made, 'certifi', 'cacert.pem'), { force: true });
  });
  return {
    python: python.program,
    packages,
    command: (port) => ({
      program: python.program,
      args: ['-m', 'moto.server', '--host', '127.0.0.1', '--port', String(port)],
    }),
  };
}
