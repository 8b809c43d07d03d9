/** The binary that tfjs-node's own install script fetches: a TensorFlow of 2022. The last resort. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { loadAddon, tfjsNode } from './addon.mjs';
import { run } from './children.mjs';
import { SetUpError } from './errors.mjs';
import { addonPlace, clearPlace } from './place.mjs';
import { step } from './progress.mjs';

/** @typedef {import('./context.mjs').Context} Context */

/** The script never gives up by itself. Milliseconds. */
const PATIENCE = 15 * 60_000;

/**
 * @param {Context} context
 * @param {SetUpError} reason  why TensorFlow cannot be built
 * @returns {Promise<string>} version of TensorFlow
 * @throws SetUpError with the code of the reason, saying that the stock binary is no way out either
 */
export async function installStock(context, reason) {
  const { root, env, log, signal } = context;
  log(`${reason.message} Until then the older, slower TensorFlow that comes with tfjs-node is used.`);
  const folder = tfjsNode(root);
  const manifest = path.join(folder, 'package.json');
  // The script rewrites the manifest while it runs.
  const original = await fs.readFile(manifest);
  try {
    return await step(log, "fetching tfjs-node's own TensorFlow", async () => {
      await clearPlace(root);
      const bin = path.join(root, 'node_modules/.bin');
      const options = {
        cwd: folder,
        env: { ...env, PATH: [bin, path.dirname(process.execPath), env.PATH].filter(Boolean).join(path.delimiter) },
        signal,
        timeout: PATIENCE,
      };
      const { output } = await run(process.execPath, ['scripts/install.js', 'cpu', 'download'], options);
      // Its exit code says little: it is judged by its outcome.
      return await loadAddon(context, addonPlace(root)).catch((error) => {
        if (error.code === 'interrupted') throw error;
        throw new SetUpError(reason.code, sentence(reason, output), { cause: error });
      });
    });
  } finally {
    await fs.writeFile(manifest, original);
  }
}

/** @param {SetUpError} reason @param {string} output */
function sentence(reason, output) {
  const network = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|getaddrinfo|socket hang up/.test(output);
  const why = network ? 'cannot be reached from here' : 'could not be installed';
  return `${reason.message.replace(/\.$/, '')}; the older TensorFlow that tfjs-node offers instead ${why}.`;
}
