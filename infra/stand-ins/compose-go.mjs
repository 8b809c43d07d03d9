/** Docker Compose's own reader of its files, compose-go, as the small program in compose-go/. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { which } from '../setup/children.mjs';
import { contextOf } from '../setup/context.mjs';
import { entryOf, fetchBy, NoStandIn } from './entry.mjs';

const source = fileURLToPath(new URL('compose-go/', import.meta.url));

/** @param {import('../setup/context.mjs').SetUpOptions} [options] @throws NoStandIn */
export async function composeReader(options = {}) {
  const context = contextOf(options);
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(await fs.readFile(path.join(source, file)));
  const name = `compose-go-${hash.digest('hex').slice(0, 12)}-${process.platform}-${process.arch}`;
  const entry = await entryOf(context, name, async (made) => {
    const go = which('go', context.env);
    if (go === undefined)
      throw new NoStandIn('Go is missing, which builds the reader of compose files: install Go 1.25 or newer (go.dev)');
    const args = ['build', '-trimpath', '-o', path.join(made, 'compose'), '.'];
    await fetchBy(context, go, args, { cwd: source, env: { CGO_ENABLED: '0' } });
  });
  return path.join(entry, 'compose');
}
