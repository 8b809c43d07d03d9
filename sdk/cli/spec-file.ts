/** Spec files: YAML or JSON, with the places of all fields, so that an error can point at the line. */
import { readFile } from 'node:fs/promises';
import { jsonFault } from '@anneal/api/json-position.ts';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Assignment, assign, parsePath } from './assignment.ts';
import { InputError } from './exit.ts';

export interface SpecFile {
  /** What was read, overrides applied. */
  readonly value: unknown;
  /** Where a field stands and what stands there, as printed under an error; empty if it is in no file. */
  frame(param: string | null, code?: string): string;
  /** Line and column of a field, or of the nearest thing around it, both from 1. */
  place(param: string): { readonly line: number; readonly column: number };
}

/** @param file  a path, or `-` for standard input. @throws InputError */
export async function readSpec(file: string, assignments: readonly Assignment[] = []): Promise<SpecFile> {
  const name = file === '-' ? '<stdin>' : file;
  return parseSpec(await readText(file), name, assignments);
}

/** @param file  a path, or `-` for standard input. @throws InputError */
export async function readText(file: string): Promise<string> {
  try {
    if (file !== '-') return await readFile(file, 'utf8');
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).toString('utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(error);
    throw new InputError(`${file} can't be read: ${why}`, { code: 'unreadable_file' });
  }
}

/** @throws InputError naming the line */
export function parseSpec(text: string, name: string, assignments: readonly Assignment[] = []): SpecFile {
  if (text.trim() === '') throw new InputError(`${name} is empty`, { code: 'invalid_yaml' });
  const isJson = /^\s*[{[]/.test(text);
  if (isJson) checkJson(text, name);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const places = { text, name, lines, document };
  const [problem] = document.errors;
  if (problem) {
    const [start, end] = problem.pos;
    const tab = problem.code === 'TAB_AS_INDENT' || text[start] === '\t';
    const message = tab ? 'a tab is used as indentation; YAML allows only spaces' : firstLine(problem.message);
    throw new InputError(`${name} is not valid YAML: ${message}`, {
      code: 'invalid_yaml',
      frame: frameAt(places, start, end),
    });
  }
  const value = assignments.reduce<unknown>(assign, document.toJS());
  const frame = (param: string | null, code?: string): string => {
    const path = parsePath(param ?? '');
    const override = assignments.find(({ path: set }) => set.every((key, i) => key === path[i]));
    if (override) return ` --> --set ${override.text}`;
    const [start, end] = placeOf(document, path, code === 'unknown_field');
    return frameAt(places, start, end);
  };
  const place = (param: string) => {
    const { line, col } = lines.linePos(placeOf(document, parsePath(param), false)[0]);
    return { line, column: col };
  };
  checkNumbers(value, '', frame);
  return { value, frame, place };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

/** Standard JSON only: what YAML would also take, as trailing commas, other readers of the file would not. */
function checkJson(text: string, name: string): void {
  const fault = jsonFault(text);
  if (!fault) return;
  const frame = frameOf(text, name, fault.line, fault.column, 1);
  throw new InputError(`${name} is not valid JSON: ${fault.message}`, { code: 'invalid_json', frame });
}

/** JSON can't carry NaN and infinities: they would arrive as null. */
function checkNumbers(value: unknown, param: string, frame: SpecFile['frame']): void {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InputError(`${param}: ${value} is not allowed: must be a finite number`, {
      code: 'invalid_spec',
      param,
      frame: frame(param),
    });
  if (value === null || typeof value !== 'object') return;
  for (const [key, item] of Object.entries(value)) {
    const inner = Array.isArray(value) ? `${param}[${key}]` : param ? `${param}.${key}` : key;
    checkNumbers(item, inner, frame);
  }
}

/** Offsets of the field, or of the nearest thing around it. */
function placeOf(document: Document, path: readonly (string | number)[], wantKey: boolean): [number, number] {
  let node = document.contents as Node | null;
  let place: [number, number] = [node?.range?.[0] ?? 0, (node?.range?.[0] ?? 0) + 1];
  for (const [depth, key] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      const keyNode = pair?.key as Node | undefined;
      if (!pair || !keyNode?.range) break;
      node = pair.value as Node | null;
      place = [keyNode.range[0], keyNode.range[1]];
      if (last && !wantKey && isScalar(node) && node.range && node.source) place = [node.range[0], node.range[1]];
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined;
      if (!item?.range) break;
      node = item;
      place = [item.range[0], isScalar(item) ? item.range[1] : item.range[0] + 1];
    } else break;
  }
  return place;
}

function frameAt(
  { text, name, lines }: { text: string; name: string; lines: LineCounter },
  start: number,
  end: number,
) {
  const { line, col } = lines.linePos(Math.min(start, text.length));
  return frameOf(text, name, line, col, end - start);
}

function frameOf(text: string, name: string, line: number, column: number, length: number): string {
  const shown = (text.split(/\r?\n/)[line - 1] ?? '').replaceAll('\t', '→');
  const width = Math.max(1, Math.min(length, shown.length - column + 1));
  const gutter = ' '.repeat(String(line).length);
  return [
    `${gutter}--> ${name}:${line}:${column}`,
    `${gutter} |`,
    `${line} | ${shown}`,
    `${gutter} | ${' '.repeat(column - 1)}${'^'.repeat(width)}`,
  ].join('\n');
}
