/** versitygw: S3 over a folder of this machine, built from its Go module. */
import path from 'node:path';
import { which } from '../setup/children.mjs';
import { entryOf, fetchBy, NoStandIn } from './entry.mjs';
import { VERSITYGW } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

/**
 * What starts it on a port of this machine: objects in `folder`, old versions of them in `versions`; both must be there.
 * @param {Context} context
 * @returns {Promise<(port: number, folder: string, versions: string) => { program: string, args: string[] }>}
 * @throws NoStandIn
 */
export async function versitygw(context) {
  const name = `versitygw-${VERSITYGW}-${process.platform}-${process.arch}`;
  const entry = await entryOf(context, name, (made) => build(context, made));
  return (port, folder, versions) => ({
    program: path.join(entry, 'versitygw'),
    args: ['--port', `127.0.0.1:${port}`, '--quiet', 'posix', '--versioning-dir', versions, folder],
  });
}

/** @param {Context} context @param {string} folder */
async function build(context, folder) {
  const go = which('go', context.env);
  if (go === undefined)
    throw new NoStandIn(
      'Go is missing, which builds versitygw, the S3 of the tests: install Go 1.25 or newer (go.dev)',
    );
  const env = { GOBIN: folder, CGO_ENABLED: '0' };
  await fetchBy(context, go, ['install', `github.com/versity/versitygw/cmd/versitygw@v${VERSITYGW}`], { env });
}
