/** The runtime interface client of Lambda for Node: the loop that AWS runs a function's handler in, with its native part. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { which } from '../../setup/children.mjs';
import { entryOf, fetchBy, NoStandIn } from '../entry.mjs';
import { LAMBDA_RIC } from '../versions.mjs';

/** @typedef {import('../../setup/context.mjs').Context} Context */

const TOOLS = ['cmake', 'autoconf', 'automake', 'libtoolize', 'm4', 'make', 'g++'];

/**
 * What runs a handler, as in `index.handler`, of the folder that LAMBDA_TASK_ROOT names.
 * @param {Context} context
 * @returns {Promise<(handler: string) => { program: string, args: string[] }>}
 * @throws NoStandIn
 */
export async function lambdaRuntime(context) {
  const name = `aws-lambda-ric-${LAMBDA_RIC}-${process.platform}-${process.arch}-${process.versions.modules}`;
  const entry = await entryOf(context, name, (made) => build(context, made));
  const program = path.join(entry, 'node_modules/aws-lambda-ric/bin/index.mjs');
  return (handler) => ({ program: process.execPath, args: [program, handler] });
}

/** @param {Context} context @param {string} folder */
async function build(context, folder) {
  const missing = TOOLS.filter((tool) => which(tool, context.env) === undefined);
  if (missing.length > 0) {
    const remedy = 'Debian: apt install cmake autoconf automake libtool m4 g++ make';
    throw new NoStandIn(`${missing.join(', ')} are missing, which build Lambda's runtime for the tests (${remedy})`);
  }
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, 'package.json'), '{"private":true}');
  const npm = which('npm', context.env) ?? 'npm';
  const args = ['install', '--no-audit', '--no-fund', '--foreground-scripts', `aws-lambda-ric@${LAMBDA_RIC}`];
  await fetchBy(context, npm, args, { cwd: folder });
}
