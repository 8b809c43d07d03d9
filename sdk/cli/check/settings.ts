/** Settings of `anneal check` from anneal.config.ts (or .js, .mjs, .json) in the working folder; flags go before them. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../exit.ts';
import { loadModule } from '../load-module.ts';
import type { FailOn } from './report.ts';

export interface CheckSettings {
  /** Specs to check where the command names none. */
  readonly files?: readonly string[];
  readonly only?: readonly string[];
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly junit?: string;
  readonly summary?: string;
}

const NAMES = ['anneal.config.ts', 'anneal.config.mjs', 'anneal.config.js', 'anneal.config.json'];

/** @throws InputError naming the field */
export async function readSettings(folder: string): Promise<CheckSettings> {
  const name = NAMES.find((each) => existsSync(resolve(folder, each)));
  if (!name) return {};
  const [{ checkName, parse, SpecError }, { z }] = await Promise.all([import('@anneal/schemas'), import('zod')]);
  const text = z.string().min(1);
  const check = z.strictObject({
    files: z.array(text).min(1).optional(),
    only: z.array(checkName).min(1).optional(),
    failOn: z.enum(['warn', 'fail']).optional(),
    baseline: text.optional(),
    junit: text.optional(),
    summary: text.optional(),
  });
  try {
    const loaded = await loadModule(resolve(folder, name));
    const settings = 'default' in loaded ? loaded.default : loaded;
    return (parse(z.strictObject({ check: check.optional() }), settings).check ?? {}) as CheckSettings;
  } catch (error) {
    if (error instanceof SpecError) throw new InputError(`${name}: ${error.message}`);
    throw new InputError(`${name} can't be read: ${(error as Error).message}`);
  }
}
