/**
 * `npm run test:resume`: kills runners at 100 random moments, half of them under each plan, and compares final weights, metrics and findings with
 * runs that were left alone. The last line says how many kills there were and how many differences. `-- --kills N`, `-- --seed N`.
 */
import { parseArgs } from 'node:util';
import { resumeCampaign } from './resume.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const log = (line: string): void => void process.stderr.write(`${line}\n`);
const kills = Math.ceil(Number(values.kills) / 2);
let [killed, differing] = [0, 0];
for (const plan of ['graph', 'xla'] as const) {
  const result = await resumeCampaign({ plan, kills, epochs: 600, seed: Number(values.seed), log });
  killed += result.kills;
  differing += result.differences.length;
  result.differences.forEach(log);
}
process.stdout.write(`${killed} kills, ${differing} differences\n`);
process.exitCode = differing === 0 ? 0 : 1;
