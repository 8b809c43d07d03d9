/**
 * Programs of somebody else's: a folder of train specs, `NAME.yaml`, `NAME.yml` or `NAME.json`, each with the expected cause beside it in
 * `NAME.cause`: one line, a cause's name, or `none` for a sound program. Files that a spec names are looked for in the folder.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse as parsePath } from 'node:path';
import { parse as parseSpec, type TrainSpecInput, trainSpec } from '@anneal/schemas';
import { parse as parseYaml } from 'yaml';
import { rules } from '../../../services/diagnose/rules/index.ts';
import type { Program } from './own-programs.ts';

const SPEC = /^\.(ya?ml|json)$/;

/** In the order of their names. @throws Error naming the file, where one is no train spec or has no cause beside it */
export function readPrograms(folder: string): Program[] {
  const names = readdirSync(folder).filter((name) => SPEC.test(parsePath(name).ext));
  if (names.length === 0) throw new Error(`${folder} holds no train specs (*.yaml, *.yml, *.json)`);
  return names.toSorted().map((file) => {
    const { name } = parsePath(file);
    const cause = causeIn(join(folder, `${name}.cause`));
    const spec = specIn(join(folder, file));
    return { name, task: name, sound: null, spec, fault: cause === null ? null : name, cause, split: 'reporting' };
  });
}

function specIn(file: string): TrainSpecInput {
  try {
    const spec = parseYaml(readFileSync(file, 'utf8')) as TrainSpecInput;
    parseSpec(trainSpec, spec);
    return spec;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** What the rules can name. */
const causes = (): string[] => rules.map(({ cause }) => cause).toSorted();

function causeIn(file: string): string | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw new Error(`${file} is not there: one line, a cause's name, or none for a sound program`);
  }
  if (text === 'none') return null;
  if (/^[a-z0-9-]+$/.test(text)) return text;
  throw new Error(`${file}: '${text}' is not the name of a cause; they are ${causes().join(', ')}`);
}
