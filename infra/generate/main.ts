/**
 * Writes what is made from the schemas and the table of endpoints: `sdk/generated/openapi.json`, `sdk/generated/types.ts`,
 * `docs/reference/spec.md`, pictures of the schedules and the update rules, and the pages that show what lies in docs/assets/.
 * With `--check` nothing is written; the exit code is 1 if a file is not what it should be.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { openApiDocument } from '@anneal/api/openapi/document.ts';
import { routes } from '@anneal/api/routes/index.ts';
import openapiTS, { astToString } from 'openapi-typescript';
import manifest from '../../package.json' with { type: 'json' };
import { checkPages } from './docs/check-pages.ts';
import { fedPages } from './docs/feeds.ts';
import { racePictures, rulesPicture, schedulesPicture, singlePictures } from './docs/pictures.ts';
import { specReference } from './docs/spec-reference.ts';

const root = new URL('../../', import.meta.url);
const HEADER = '// Made by `npm run generate` from schemas/ and services/api/routes/. Generated, do not edit.\n\n';

async function generate(): Promise<Record<string, string>> {
  const document = openApiDocument(
    routes.map(({ endpoint }) => endpoint),
    manifest.version,
  );
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const types = astToString(
    await openapiTS(text, { defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true }),
  );
  return {
    'sdk/generated/openapi.json': text,
    'sdk/generated/types.ts': HEADER + types,
    'docs/reference/spec.md': await specReference(),
    'docs/assets/schedules.svg': schedulesPicture(),
    'docs/assets/update-rules.svg': rulesPicture(),
    ...singlePictures(),
    ...(await racePictures()),
    ...(await checkPages()),
    ...(await fedPages()),
  };
}

const present = (file: URL): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const files = await generate();
if (process.argv.includes('--check')) {
  for (const [name, text] of Object.entries(files)) {
    if ((await present(new URL(name, root))) === text) continue;
    process.stderr.write(`${name} is out of date; run: npm run generate\n`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of Object.entries(files)) {
    const file = new URL(name, root);
    if ((await present(file)) === text) continue;
    const draft = new URL(`${name}.${process.pid}.tmp`, root);
    await mkdir(new URL('./', file), { recursive: true });
    await writeFile(draft, text);
    await rename(draft, file);
    process.stderr.write(`wrote ${name}\n`);
  }
}
