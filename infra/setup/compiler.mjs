/** The C++ compiler: $CXX, else the first of c++, g++ and clang++ that works. */
import { run, which } from './children.mjs';
import { SetUpError } from './errors.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/** @param {NodeJS.ProcessEnv} env */
const names = (env) => [...(env.CXX ? [env.CXX] : []), 'c++', 'g++', 'clang++'];

/** Whether a compiler is on the PATH; nothing is started. @param {NodeJS.ProcessEnv} env */
export const mayHaveCompiler = (env) => names(env).some((name) => which(name, env) !== undefined);

/**
 * @param {Pick<Context, 'env' | 'signal'>} context
 * @returns {Promise<{ program: string, version: string } | undefined>}
 */
export async function findCompiler({ env, signal }) {
  for (const name of names(env)) {
    const program = which(name, env);
    if (program === undefined) continue;
    // macOS has a c++ that only says it is not there.
    const { code, stdout } = await run(program, ['--version'], { env, signal });
    if (code === 0) return { program, version: stdout.split('\n', 1)[0]?.trim() ?? '' };
  }
  return undefined;
}

export const COMPILER_REMEDY =
  'install one (Debian: apt install g++, Fedora: dnf install gcc-c++, macOS: xcode-select --install)';

/** @param {Pick<Context, 'env' | 'signal'>} context @throws SetUpError `no_compiler` */
export async function requireCompiler(context) {
  const compiler = await findCompiler(context);
  if (!compiler)
    throw new SetUpError(
      'no_compiler',
      `A C++ compiler is missing, which builds TensorFlow's binding: ${COMPILER_REMEDY}.`,
    );
  return compiler;
}
