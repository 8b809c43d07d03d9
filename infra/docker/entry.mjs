#!/usr/bin/env node
/**
 * The first process of a container:
 *
 *   entry.mjs --job ID           the runner of one job, as a launcher starts it
 *   entry.mjs COMMAND …          a command of anneal, such as `serve --host 0.0.0.0`
 *
 * The program runs in this very process, so a signal to the container is a signal to the runner or the service. Until it listens, a
 * SIGTERM ends the process at once: the kernel would not end the first process of a container by itself.
 */
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';

const SIGNALS = /** @type {const} */ ({ SIGINT: 2, SIGTERM: 15 });

for (const [signal, number] of Object.entries(SIGNALS)) {
  const end = () => process.exit(128 + number);
  process.on(signal, end);
  process.on('newListener', function listening(name) {
    if (name !== signal) return;
    process.off('newListener', listening);
    // Only when the program listens: in between nobody would.
    process.nextTick(() => process.off(signal, end));
  });
}

for (const folder of [homedir(), tmpdir()]) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const user = process.getuid?.() ?? '';
    process.stderr.write(
      `${folder} can't be written to (${code}): mount a volume there that user ${user} may write to, or set HOME and TMPDIR to other folders.\n`,
    );
    process.exit(1);
  }
}

const isRunner = process.argv[2]?.split('=', 1)[0] === '--job';
await import(new URL(`../../dist/${isRunner ? 'runner' : 'cli'}.js`, import.meta.url).href);
