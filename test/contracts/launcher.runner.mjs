/** A runner for the launcher's contract: the job's id says how it behaves. Run as `node launcher.runner.mjs --job ID`. */
import { spawn } from 'node:child_process';

const [flag, jobId] = process.argv.slice(2);
if (flag !== '--job') throw new Error(`expected --job, got ${flag}`);
const behaviour = jobId.split('_')[1];
const forever = () => setInterval(() => undefined, 60_000);

process.stdout.write(`runner ${process.pid} does ${jobId}\n`);
if (behaviour === 'exit') {
  process.stderr.write(`ANNEAL_STORE is ${process.env.ANNEAL_STORE}\nlast words\n`);
  process.exitCode = 3;
}
if (behaviour === 'abort') process.abort();
if (behaviour === 'polite' || behaviour === 'leave') {
  process.on('SIGTERM', () => {
    process.stdout.write('saved\n');
    process.exit(behaviour === 'leave' ? 75 : 0);
  });
  forever();
  process.stdout.write('ready\n');
}
if (behaviour === 'stubborn') {
  process.on('SIGTERM', () => process.stdout.write('no\n'));
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)'], {
    stdio: 'inherit',
  });
  forever();
  process.stdout.write(`child ${child.pid}\nready\n`);
}
if (behaviour === 'chatty') {
  const line = `${'x'.repeat(99)}\n`;
  for (let i = 0; i < 5000; i++) process.stdout.write(`${i} ${line}`);
  process.stdout.write('the end\n');
}
