/** What the Dockerfile says of a container that starts, for tests that start it as a process. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const dockerfile = fileURLToPath(new URL('../../../infra/docker/Dockerfile', import.meta.url));

export interface Settings {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Of the stage `base`, which both images are made from. */
export function settings(): Settings {
  const text = readFileSync(dockerfile, 'utf8');
  const [, base = ''] = text.split(/^FROM .* AS base$/m);
  const stage = base.split(/^FROM /m)[0] ?? '';
  const line = (name: string): string => new RegExp(`^${name} (.*)$`, 'm').exec(stage)?.[1] ?? '';
  const env = line('ENV')
    .split(' ')
    .map((pair) => pair.split('=', 2) as [string, string]);
  return {
    entrypoint: JSON.parse(line('ENTRYPOINT')) as string[],
    command: JSON.parse(line('CMD')) as string[],
    user: line('USER'),
    env: Object.fromEntries(env),
  };
}
