/** Modules that a spec names by `file`: their text takes its place, with what they import bundled in, so that the spec is whole. */
import { resolve } from 'node:path';
import { inputErrors } from './check/module.ts';
import { InputError } from './exit.ts';

/** @param folder  that files are relative to: the spec's own. @throws InputError at the module's line */
export async function withModules(value: unknown, folder: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withModules(item, folder)));
  if (typeof value !== 'object' || value === null) return value;
  if (namesModule(value)) return carried(value, folder);
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withModules(item, folder)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

interface Named {
  readonly file: string;
  readonly code?: unknown;
}

const namesModule = (value: object): value is Named =>
  (('type' in value && value.type === 'module') || ('rule' in value && value.rule === 'module')) &&
  'file' in value &&
  typeof value.file === 'string';

async function carried({ file, code, ...rest }: Named, folder: string): Promise<unknown> {
  if (code !== undefined)
    throw new InputError(`file: ${file} and code are both given; give one of them`, { code: 'invalid_spec' });
  const { moduleText } = await import('@anneal/usercode');
  const { code: text, name } = await inputErrors(file, () => moduleText(resolve(folder, file)));
  return { ...rest, code: text, fileName: name };
}
