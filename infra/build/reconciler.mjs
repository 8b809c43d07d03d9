/** Bundles the reconciler for AWS Lambda: one file with all that it needs, the AWS clients included, so that their versions are ours. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'dist/lambda/reconciler');

/** Returns its folder, which holds `index.mjs` with `handler`. */
export async function buildReconciler() {
  await mkdir(out, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['services/core/adapters/batch-launcher/reconcile/lambda.ts'],
    outfile: join(out, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    mainFields: ['module', 'main'],
    // What packages load by require has none in a module.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return out;
}
