/** Finds where a text stops being JSON (RFC 8259): JSON.parse itself doesn't always say. */

export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 code units, from 1. */
  readonly column: number;
  /** As in `expected ',' or '}', found 'x'`. */
  readonly message: string;
}

class Fault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a string may not contain them
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /[\w.+-]+/y;

/** The first fault, or undefined if the text is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    scan(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at);
    const line = before.split('\n').length;
    return { line, column: error.at - before.lastIndexOf('\n'), message: error.message };
  }
}

/** Without recursion: depth costs an array, not the stack. */
function scan(text: string): void {
  let at = 0;
  const open: ('{' | '[')[] = [];
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const fail = (expected: string): never => {
    WORD.lastIndex = at;
    const found = WORD.exec(text)?.[0].slice(0, 20) ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    throw new Fault(
      at,
      `expected ${expected}, ${at < text.length ? `found ${JSON.stringify(found)}` : 'but the text ends'}`,
    );
  };
  const take = (letter: string): boolean => {
    match(SPACE);
    if (text[at] !== letter) return false;
    at++;
    return true;
  };
  const key = (): void => {
    match(SPACE);
    if (!match(STRING)) fail('a field name in double quotes');
    if (!take(':')) fail("':'");
  };
  for (;;) {
    match(SPACE);
    if (take('{')) {
      if (!take('}')) {
        open.push('{');
        key();
        continue;
      }
    } else if (take('[')) {
      if (!take(']')) {
        open.push('[');
        continue;
      }
    } else if (!match(STRING) && !match(SCALAR)) fail('a value');
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) {
        match(SPACE);
        if (at < text.length) fail('the end of the text');
        return;
      }
      if (take(',')) {
        if (inside === '{') key();
        break;
      }
      if (!take(inside === '{' ? '}' : ']')) fail(inside === '{' ? "',' or '}'" : "',' or ']'");
      open.pop();
    }
  }
}
