/**
 * Where functions of users' modules come from: recorded elsewhere, as no code of theirs runs here. Who runs the engine says how; a function is asked for
 * once for each shape.
 */
import type { OwnModule, RecordAsk, RecordedFunction } from '@anneal/schemas';

export interface Recorder {
  /** One for each ask. Waits for it. @throws AnnealError naming the module's line */
  record(module: OwnModule, asks: readonly RecordAsk[]): readonly RecordedFunction[];
}

let recorder: Recorder | null = null;
/** By the text of the module, then by what was asked. */
let recorded = new Map<string, Map<string, RecordedFunction>>();

/** From now on modules are recorded by it; null forgets what was. */
export function useRecorder(given: Recorder | null): void {
  recorder = given;
  recorded = new Map();
}

/** Asks for several at once, which takes hardly longer than for one. */
export function recordAhead(module: OwnModule, asks: readonly RecordAsk[]): void {
  if (!recorder) throw new Error(`nothing here records modules, and ${module.name} is one`);
  const known = recorded.get(module.code) ?? new Map<string, RecordedFunction>();
  recorded.set(module.code, known);
  const missing = new Map(asks.map((ask) => [JSON.stringify(ask), ask] as const).filter(([key]) => !known.has(key)));
  if (missing.size === 0) return;
  const made = recorder.record(module, [...missing.values()]);
  [...missing.keys()].forEach((key, i) => {
    known.set(key, made[i]!);
  });
}

export function recordedFunctionOf(module: OwnModule, ask: RecordAsk): RecordedFunction {
  recordAhead(module, [ask]);
  return recorded.get(module.code)!.get(JSON.stringify(ask))!;
}
