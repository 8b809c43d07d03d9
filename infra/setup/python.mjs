/** The user's Python, which fetches and unpacks TensorFlow's wheel. Any from 3.8 with pip will do. */
import { run, which } from './children.mjs';
import { SetUpError } from './errors.mjs';

/** @typedef {import('./context.mjs').Context} Context */
/** @typedef {{ program: string, version: string, pip: string | undefined }} Python */

const NAMES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const PROBE = `
import sys
try:
    import pip
    pip_version = pip.__version__
except Exception:
    pip_version = "-"
import zipfile, zlib
print("%d.%d" % sys.version_info[:2], pip_version)
`;

/** Whether a Python is on the PATH; nothing is started. @param {NodeJS.ProcessEnv} env */
export const mayHavePython = (env) => NAMES.some((name) => which(name, env) !== undefined);

/**
 * The first Python that has pip, else the first one at all.
 * @param {Pick<Context, 'env' | 'signal'>} context
 * @returns {Promise<Python | undefined>}
 */
export async function findPython({ env, signal }) {
  /** @type {Python | undefined} */
  let first;
  for (const name of NAMES) {
    const program = which(name, env);
    if (program === undefined) continue;
    const { code, stdout } = await run(program, ['-c', PROBE], { env, signal });
    const [version = '', pip] = stdout.trim().split(' ');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (code !== 0 || major !== 3 || minor < 8) continue;
    const found = { program, version, pip: pip === '-' ? undefined : pip };
    if (found.pip) return found;
    first ??= found;
  }
  return first;
}

export const PYTHON_REMEDY =
  'install Python 3.8 or newer with pip (Debian: apt install python3-pip, macOS: brew install python)';

/** @param {Pick<Context, 'env' | 'signal'>} context @throws SetUpError `no_python`, `no_pip` */
export async function requirePython(context) {
  const python = await findPython(context);
  if (!python) throw new SetUpError('no_python', `Python is missing, which fetches TensorFlow: ${PYTHON_REMEDY}.`);
  if (!python.pip)
    throw new SetUpError(
      'no_pip',
      `pip is missing for ${python.program}, which fetches TensorFlow: install it (Debian: apt install python3-pip, elsewhere: python3 -m ensurepip).`,
    );
  return python;
}
