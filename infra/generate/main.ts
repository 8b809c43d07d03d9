/**
 * Writes what is made from the schemas and the table of endpoints: `sdk/generated/openapi.json` and `sdk/generated/types.ts`.
 * With `--check` nothing is written; the exit code is 1 if a file is not what it should be.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { openApiDocument } from '@anneal/api/openapi/document.ts';
import { routes } from '@anneal/api/routes/index.ts';
import openapiTS, { astToString } from 'openapi-typescript';
import { version } from '../../package.json' with { type: 'json' };

const folder = new URL('../../sdk/generated/', import.meta.url);
const HEADER = '// Made by `npm run generate` from schemas/ and services/api/routes/. Generated, do not edit.\n\n';

async function generate(): Promise<Record<string, string>> {
  const document = openApiDocument(
    routes.map(({ endpoint }) => endpoint),
    version,
  );
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const types = astToString(
    await openapiTS(text, { defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true }),
  );
  return { 'openapi.json': text, 'types.ts': HEADER + types };
}

const present = (file: URL): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const files = await generate();
if (process.argv.includes('--check')) {
  for (const [name, text] of Object.entries(files)) {
    if ((await present(new URL(name, folder))) === text) continue;
    process.stderr.write(`sdk/generated/${name} is out of date; run: npm run generate\n`);
    process.exitCode = 1;
  }
} else {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = new URL(name, folder);
    if ((await present(file)) === text) continue;
    const draft = new URL(`${name}.${process.pid}.tmp`, folder);
    await writeFile(draft, text);
    await rename(draft, file);
    process.stderr.write(`wrote sdk/generated/${name}\n`);
  }
}
