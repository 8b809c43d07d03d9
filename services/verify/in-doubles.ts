/** Losses and gradients in double precision for checks, or the reason why there are none. */
import {
  type BuiltModel,
  type DataSet,
  type DoubleLoss,
  type DoubleSpec,
  doubleLoss,
  HostRead,
  NoDoubles,
} from '@anneal/engine';

export interface Unavailable {
  readonly unavailable: string;
}

export const isUnavailable = (value: object): value is Unavailable => 'unavailable' in value;

/** What `use` makes of the double-precision loss of these rows. @throws what is no answer of TensorFlow's */
export function inDoubles<T extends object>(
  spec: DoubleSpec,
  { built, data }: { readonly built: BuiltModel; readonly data: DataSet },
  rows: Int32Array,
  use: (loss: DoubleLoss) => T,
): T | Unavailable {
  let loss: DoubleLoss | undefined;
  try {
    loss = doubleLoss(spec, built, data, rows);
    return use(loss);
  } catch (error) {
    return { unavailable: reason(error) };
  } finally {
    loss?.dispose();
  }
}

/** The op that can't be computed in doubles; TensorFlow names one without a kernel in the first line. */
function reason(error: unknown): string {
  if (error instanceof NoDoubles || error instanceof HostRead) return error.message;
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (/^(?:Session fail|Failed to load SavedModel)/.test(line ?? '')) return line!.slice(0, 200);
  throw error;
}
