/**
 * npm run test:api-fuzz -- [--examples 100] [--seed 1]
 *
 * schemathesis against the running API from its OpenAPI document, all checks on: every operation, then again those of a job that has been
 * trained. Ends with 1 if a check does not hold or the service has an error of its own.
 */
import { parseArgs } from 'node:util';
import { fuzz, fuzzTrainedJob, schemathesis } from './run.ts';
import { openFuzzService } from './service.ts';

const { values } = parseArgs({
  options: { examples: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [examples, seed] = [Number(values.examples), Number(values.seed)];
const found = await schemathesis();
if ('reason' in found) throw new Error(found.reason);
const service = await openFuzzService();
try {
  const options = { python: found.python, seed, examples, print: (text: string) => process.stdout.write(text) };
  const outcomes = [await fuzz(service, options), await fuzzTrainedJob(service, options)];
  for (const error of service.errors) process.stdout.write(`${error}\n`);
  const cases = outcomes.reduce((sum, outcome) => sum + outcome.cases, 0);
  const failed = outcomes.filter(({ passed }) => !passed).length;
  process.exitCode = failed > 0 || service.errors.length > 0 ? 1 : 0;
  process.stdout.write(
    `${cases} requests, ${failed} of 2 runs failed, ${service.errors.length} errors of the service\n`,
  );
} finally {
  await service.close();
}
