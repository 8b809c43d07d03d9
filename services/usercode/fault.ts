/** Why a module can't be checked, with the place in its author's file where there is one. */

export interface Place {
  /** As the author calls it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly text?: string | undefined;
}

export type FaultKind =
  | 'unreadable_module'
  | 'invalid_module'
  | 'module_threw'
  | 'out_of_memory'
  | 'out_of_time'
  | 'confinement_unavailable';

export class ModuleFault extends Error {
  override readonly name = 'ModuleFault';
  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly place: Place | null = null,
    /** Lines that the module printed before. */
    readonly printed: readonly string[] = [],
  ) {
    super(message);
  }
}

/** The line with a mark below it. */
export function frameOf({ file, line, column, text }: Place): string {
  const gutter = ' '.repeat(String(line).length);
  const head = `${gutter}--> ${file}:${line}:${column}`;
  if (text === undefined) return head;
  const shown = text.replaceAll('\t', ' ');
  return [head, `${gutter} |`, `${line} | ${shown}`, `${gutter} | ${' '.repeat(Math.max(0, column - 1))}^`].join('\n');
}

/** In one line: the place, what is wrong there, and what stands there. */
export function placed({ message, place }: Pick<ModuleFault, 'message' | 'place'>): string {
  if (!place) return message;
  const text = place.text?.trim();
  return `${place.file}:${place.line}:${place.column}: ${message}${text ? `, at \`${text}\`` : ''}`;
}
