/** The runner's process with the trainer that is shipped, and a lease that ends soon. */
import { runnerProcess } from '../../../services/runner/runner-process.ts';

await runnerProcess({
  trainerEntry: new URL('trainer.js', import.meta.url),
  timing: { ttl: 4000, every: 500, everyWithNews: 50 },
});
