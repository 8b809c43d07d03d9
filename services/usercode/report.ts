/** What the checks found in a module, or why it can't be checked, in the lines of its author's file. */
import { SourceMap } from 'node:module';
import { resolve } from 'node:path';
import { type Finding, finding, type OwnModule } from '@anneal/schemas';
import { z } from 'zod';
import { asAuthorSays, bundleModule, lineOf, type ModuleBundle } from './bundle.ts';
import { bundleText, placeInText } from './bundle-text.ts';
import { ModuleFault, type Place } from './fault.ts';
import { type Limits, limits as ordinary } from './limits.ts';
import { type ConfinedRun, runConfined } from './run.ts';

export interface ModuleReport {
  readonly findings: readonly Finding[];
  /** What the module printed. */
  readonly printed: readonly string[];
  /** What held its process. */
  readonly confinement: readonly string[];
  /** What did not, on this machine. */
  readonly gaps: readonly string[];
}

const answer = z.object({
  made: z.unknown().optional(),
  error: z.object({ message: z.string(), stack: z.string(), unusable: z.boolean() }).optional(),
  printed: z.array(z.string()),
});

/** @throws ModuleFault */
export async function checkModule(file: string, folder?: string, limits: Limits = ordinary): Promise<ModuleReport> {
  return checkBundle(await bundleModule(file, folder), limits);
}

/** A module that is text, as a spec carries it. @throws ModuleFault */
export const checkText = async (module: OwnModule, limits: Limits = ordinary): Promise<ModuleReport> =>
  checkBundle(await bundleText(module), limits);

async function checkBundle(bundle: ModuleBundle, limits: Limits): Promise<ModuleReport> {
  const run = await runConfined(bundle.code, { ask: 'check' }, limits);
  const { made, printed } = opened(run, limits, bundle);
  return { findings: trusted(z.array(finding), made), printed, confinement: run.confinement, gaps: run.gaps };
}

const audited = z.object({
  version: z.string(),
  ops: z.array(
    z.object({
      op: z.string(),
      verdict: z.enum(['right', 'inexact', 'wrong', 'refused']),
      cases: z.number(),
      worstError: z.number().nullable(),
      note: z.string(),
    }),
  ),
});
export type Audit = z.output<typeof audited>;

/** TF.js's own gradients, op by op. @throws ModuleFault */
export async function auditOps(limits: Limits = ordinary): Promise<Audit> {
  const run = await runConfined(null, { ask: 'audit' }, limits);
  return trusted(audited, opened(run, limits).made);
}

/** What the confined process made. @throws ModuleFault that it failed with */
export function opened({ answer: text }: ConfinedRun, limits: Limits, bundle?: ModuleBundle) {
  const { made, error, printed } = trusted(answer, readJson(text));
  if (!error) return { made, printed };
  const place = bundle ? placeIn(error.stack, bundle) : null;
  if (/Array buffer allocation failed|Invalid typed array length/.test(error.message))
    throw new ModuleFault(
      'out_of_memory',
      `it needs more than ${limits.mebibytes} MiB of memory: ${error.message}`,
      place,
      printed,
    );
  const kind = error.unusable ? 'invalid_module' : 'module_threw';
  throw new ModuleFault(kind, error.message + adviceFor(error.message), place, printed);
}

/** The module runs beside what writes the answer, and may have tampered with it. @throws ModuleFault */
export function trusted<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ModuleFault(
    'module_threw',
    'its process gave an answer that makes no sense: does it change built-in objects?',
  );
}

/** Strings of the module's are shown in terminals and logs of pipelines: none may move the cursor or begin a line as a command of its own. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (typeof value === 'string' ? harmless(key, value) : value));
  } catch {
    return undefined;
  }
}

function harmless(key: string, text: string): string {
  const spaced = text.replaceAll('\t', ' ').replace(/(?!\n)\p{Cc}/gu, '\ufffd');
  return key === 'stack' ? spaced : spaced.replaceAll('\n', ' ');
}

/** The innermost line of the author's own code in a stack. */
function placeIn(stack: string, bundle: ModuleBundle): Place | null {
  const { map, name, root } = bundle;
  const source = new SourceMap(JSON.parse(map));
  for (const [, line, column] of stack.matchAll(/module\.js:(\d+):(\d+)/g)) {
    const entry = source.findEntry(Number(line) - 1, Number(column) - 1);
    if (!('originalSource' in entry) || entry.originalSource === undefined) continue;
    if (root === null) return placeInText(bundle, entry);
    const path = resolve(root, entry.originalSource.replace(/^file:\/\//, ''));
    const at = { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    return { file: asAuthorSays(path, root, name), ...at, text: lineOf(path, at.line) };
  }
  return null;
}

/** Names that a module looks for in vain. */
function adviceFor(message: string): string {
  const [, name] = /^ReferenceError: (\w+) is not defined/.exec(message) ?? [];
  const absent = [
    'process',
    'require',
    'fetch',
    'Buffer',
    'WebSocket',
    'XMLHttpRequest',
    'setTimeout',
    'setInterval',
    'performance',
    'navigator',
    'window',
  ];
  if (name && absent.includes(name)) return `: a module is checked without Node, timers and the network`;
  if (/Code generation from strings disallowed/.test(message))
    return ': eval and new Function are not available to a module';
  return '';
}
