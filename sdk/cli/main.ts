/** The `anneal` command. Each command is one file in commands/; what only some of them need is loaded when they run. */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import * as artifacts from './commands/artifacts.ts';
import * as cancel from './commands/cancel.ts';
import * as check from './commands/check.ts';
import * as datasets from './commands/datasets.ts';
import * as diagnose from './commands/diagnose.ts';
import * as doctor from './commands/doctor.ts';
import * as fix from './commands/fix.ts';
import * as get from './commands/get.ts';
import * as importModel from './commands/import.ts';
import * as jobs from './commands/jobs.ts';
import * as keys from './commands/keys.ts';
import * as logs from './commands/logs.ts';
import * as metrics from './commands/metrics.ts';
import * as optimizers from './commands/optimizers.ts';
import * as pause from './commands/pause.ts';
import * as resume from './commands/resume.ts';
import * as serve from './commands/serve.ts';
import * as submit from './commands/submit.ts';
import * as validate from './commands/validate.ts';
import * as watch from './commands/watch.ts';
import * as webhooks from './commands/webhooks.ts';
import { exit } from './exit.ts';
import { reportError } from './report-error.ts';

const commands = [
  ...[serve, submit, check, validate, importModel, watch, jobs, get, cancel, pause, resume],
  ...[logs, metrics, diagnose, fix, artifacts, datasets, optimizers, keys, webhooks, doctor],
];

const program = new Command('anneal')
  .description('Training as a service that refuses to waste a run.')
  .version(version)
  .option('--json', 'print results as JSON')
  .option('--url <url>', 'address of the service (ANNEAL_URL)')
  .option('--token <token>', 'token of the service (ANNEAL_TOKEN)')
  .option('--home <folder>', 'folder of the service on this machine (ANNEAL_HOME, ./.anneal)')
  .addHelpText(
    'after',
    '\nExit codes: 0 passed, 1 job or check failed, 2 bad input, 3 service failure, 4 not allowed, 5 timed out.',
  )
  .exitOverride();
for (const { register } of commands) register(program);

// A reader that has seen enough, as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.exitCode = reportError(error, process.argv.includes('--json'));
  else process.exitCode = error.exitCode === 0 ? exit.passed : exit.badInput;
}
