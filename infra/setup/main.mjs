#!/usr/bin/env node
/**
 * Sets up a checkout: npm's packages and TensorFlow. Uses nothing but Node, for it runs before anything is installed.
 *
 *   node infra/setup/main.mjs             do what is missing
 *   node infra/setup/main.mjs --force     check and do everything again
 *   node infra/setup/main.mjs --examine   say what is in order and what is not
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { examine, SetUpError, setUp } from './index.mjs';

export { examine, SetUpError, setUp };

const OLDEST_NODE = 20;

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

/** @param {readonly string[]} args @returns {Promise<number>} exit code */
async function main(args) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    say(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer.`);
    return 1;
  }
  const unknown = args.find((arg) => arg !== '--force' && arg !== '--examine');
  if (unknown) {
    say(`${unknown} is not known; the options are --force and --examine.`);
    return 2;
  }
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => controller.abort());
  const { signal } = controller;
  if (args.includes('--examine')) {
    const findings = await examine({ signal });
    for (const { ok, name, message } of findings) process.stdout.write(`${ok ? '✓' : '✗'} ${name}: ${message}\n`);
    return findings.every(({ ok }) => ok) ? 0 : 1;
  }
  const { changed, version, source, seconds } = await setUp({ signal, force: args.includes('--force') });
  if (changed) say(`set up: TensorFlow ${version} in ${seconds.toFixed(1)} s`);
  else if (source === 'stock')
    say(`TensorFlow ${version} is old and slow; node infra/setup/main.mjs --force tries to replace it`);
  return 0;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      say(error instanceof SetUpError ? error.message : `The set-up failed: ${error.stack}`);
      process.exitCode = error.code === 'interrupted' ? 130 : 1;
    },
  );
