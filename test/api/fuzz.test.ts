/**
 * End to end: schemathesis, a client that knows only the OpenAPI document, asks the service what the document allows and what it does
 * not: as it runs on one machine, and on Lambda. All of its checks are on. `npm run test:api-fuzz` asks more.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { OpenApiDocument } from '@anneal/api';
import { temporaryFolder } from '../cli/anneal.ts';
import { standIn } from '../stand-ins/start.ts';
import { type FuzzOutcome, fuzz, fuzzTrainedJob, schemathesis } from './fuzz/run.ts';
import { type FuzzService, openFuzzLambda, openFuzzService } from './fuzz/service.ts';

const found = await schemathesis();
const skip = 'reason' in found ? found.reason : false;
const options = { python: 'python' in found ? found.python : '', seed: 1, examples: 10 };
const settings = { skip, timeout: 300_000 };

const lambda = skip ? undefined : await standIn('the API on Lambda, asked anything', openFuzzLambda);
let service: FuzzService;
before(async () => {
  if (!skip) service = await openFuzzService();
});
after(() => service?.stop());

function assertPassed({ errors }: FuzzService, { passed, output, cases }: FuzzOutcome, atLeast: number): void {
  assert.ok(passed, output);
  assert.ok(cases >= atLeast, `${cases} requests:\n${output}`);
  assert.deepEqual(errors(), []);
}

test('whatever is asked gets an answer that the document has', settings, async () => {
  assertPassed(service, await fuzz(service, options), 400);
});

test('so does what is asked of a job that has been trained', settings, async () => {
  assertPassed(service, await fuzzTrainedJob(service, options), 200);
});

if (lambda) {
  test('on Lambda whatever is asked gets an answer that the document has', settings, async () => {
    assertPassed(lambda, await fuzz(lambda, options), 400);
  });

  test('on Lambda so does what is asked of a job that has been trained', settings, async () => {
    assertPassed(lambda, await fuzzTrainedJob(lambda, options), 200);
  });
}

test('an answer that the document does not have is found', settings, async (t) => {
  const document = (await (await fetch(`${service.url}/openapi.json`)).json()) as OpenApiDocument;
  delete document.paths['/v1/jobs/{id}']!.get!.responses[404];
  const file = join(await temporaryFolder(t), 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const args = ['--include-operation-id', 'retrieveJob'];
  const { passed, output } = await fuzz(service, { ...options, document: file, args });
  assert.equal(passed, false);
  assert.match(output, /Undocumented status code/);
});
