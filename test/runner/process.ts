/** The runner's process with the trainers of the tests, and short times. */
import { runnerProcess } from '../../services/runner/runner-process.ts';

await runnerProcess({
  trainerEntry: new URL('trainers.mjs', import.meta.url),
  timing: { ttl: Number(process.env.TEST_TTL ?? 15_000), every: 1000, everyWithNews: 50 },
});
