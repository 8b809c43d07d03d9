/**
 * npm run test:api-fuzz -- [--examples 100] [--seed 1] [--on embedded,lambda]
 *
 * schemathesis against the running API from its OpenAPI document, all checks on: every operation, then again those of a job that has been
 * trained; of the service as `anneal serve` runs it, and of the function of Lambda on stand-ins. Ends with 1 if a check does not hold or
 * the service has an error of its own.
 */
import { parseArgs } from 'node:util';
import { fuzz, fuzzTrainedJob, schemathesis } from './run.ts';
import { type FuzzService, openFuzzLambda, openFuzzService } from './service.ts';

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    on: { type: 'string', default: 'embedded,lambda' },
  },
});
const [examples, seed] = [Number(values.examples), Number(values.seed)];
const places: Readonly<Record<string, () => Promise<FuzzService>>> = {
  embedded: openFuzzService,
  lambda: openFuzzLambda,
};
const found = await schemathesis();
if ('reason' in found) throw new Error(found.reason);

async function ask(place: string): Promise<boolean> {
  const open = places[place];
  if (!open) throw new Error(`--on: '${place}' is none of ${Object.keys(places).join(', ')}`);
  const service = await open();
  try {
    const print = (text: string): boolean => process.stdout.write(text);
    const options = { python: (found as { python: string }).python, seed, examples, print };
    const outcomes = [await fuzz(service, options), await fuzzTrainedJob(service, options)];
    const errors = service.errors();
    for (const error of errors) print(`${error}\n`);
    const cases = outcomes.reduce((sum, outcome) => sum + outcome.cases, 0);
    const failed = outcomes.filter(({ passed }) => !passed).length;
    print(`${place}: ${cases} requests, ${failed} of 2 runs failed, ${errors.length} errors of the service\n`);
    return failed === 0 && errors.length === 0;
  } finally {
    await service.stop();
  }
}

for (const place of values.on.split(',')) if (!(await ask(place))) process.exitCode = 1;
