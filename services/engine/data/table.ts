/** Turns rows with named cells into the numbers of inputs and labels, and finds every way in which they and the spec may disagree. */
import { AnnealError, labelColumns, type TableOptions, tableWidth } from '@anneal/schemas';

/** The value of a column in one row. */
export type Cell = (column: string) => unknown;

/** Where the numbers of the rows go, one row after the other. */
export interface TableSink {
  readonly inputs: { push(numbers: readonly number[]): void };
  readonly labels: { push(numbers: readonly number[]): void };
}

export class TableBuilder {
  private readonly targets: readonly string[];
  private readonly classOf: ReadonlyMap<string, number> | null;
  private readonly known: { readonly sums: Float64Array; readonly counts: Float64Array };
  /** Rows that have gone to the sink. */
  rows = 0;

  constructor(
    private readonly spec: TableOptions,
    private readonly sink: TableSink,
  ) {
    const width = tableWidth(spec);
    this.targets = labelColumns(spec);
    this.classOf = Array.isArray(spec.classes)
      ? new Map(spec.classes.map((value, index) => [String(value), index]))
      : null;
    this.known = { sums: new Float64Array(width), counts: new Float64Array(width) };
  }

  /** @throws AnnealError `data_missing` naming the columns that are not there */
  checkColumns(names: readonly string[]): void {
    const known = new Set(names);
    const absent = [...this.spec.features, ...this.targets].find((name) => !known.has(name));
    if (absent === undefined) return;
    const param = this.spec.features.includes(absent) ? 'data.features' : 'data.label';
    const message = `${param}: ${this.spec.file} has no column '${absent}'; it has ${names.slice(0, 40).join(', ')}`;
    throw new AnnealError('data_missing', message, param);
  }

  /** `where` is the place of the row in the file, as in `line 7`. @throws AnnealError `data_damaged` */
  add(where: string, cell: Cell): void {
    const input = this.spec.features.flatMap((name) => this.feature(where, name, cell(name)));
    const label = this.targets.map((name) => this.target(where, name, cell(name)));
    if (this.spec.missing === 'drop' && [...input, ...label].some(Number.isNaN)) return;
    const hole = label.findIndex(Number.isNaN);
    if (hole >= 0) throw this.damaged(where, this.targets[hole]!, 'is empty; data.missing: drop leaves such rows out');
    if (this.spec.missing === 'mean') this.countKnown(input);
    this.sink.inputs.push(input);
    this.sink.labels.push(label);
    this.rows += 1;
  }

  /** What holes, which are NaN in the sink, are to be filled with; null where there are none. @throws AnnealError `data_damaged` where no row is left */
  finish(): Float64Array | null {
    const { spec, rows, known } = this;
    if (rows === 0)
      throw new AnnealError('data_damaged', `data.file: ${spec.file} holds no rows to train on`, 'data.file');
    if (spec.missing !== 'mean' || known.counts.every((count) => count === rows)) return null;
    return known.sums.map((sum, j) => (known.counts[j]! > 0 ? sum / known.counts[j]! : 0));
  }

  private countKnown(input: readonly number[]): void {
    const { sums, counts } = this.known;
    for (let j = 0; j < input.length; j++) {
      if (Number.isNaN(input[j]!)) continue;
      sums[j]! += Math.fround(input[j]!);
      counts[j]! += 1;
    }
  }

  private feature(where: string, name: string, value: unknown): number[] {
    const categories = this.spec.categories[name];
    if (!categories) {
      const number = toNumber(value);
      if (Number.isNaN(number) && this.spec.missing === 'error') throw this.notNumber(where, name, value);
      if (Number.isNaN(number) && !isEmpty(value)) throw this.notNumber(where, name, value);
      return [number];
    }
    const index = categories.findIndex((one) => String(one) === String(value));
    if (index >= 0) return categories.map((_one, i) => (i === index ? 1 : 0));
    const text = `is ${JSON.stringify(value)}, not one of data.categories.${name}: ${categories.join(', ')}`;
    throw this.damaged(where, name, text);
  }

  private target(where: string, name: string, value: unknown): number {
    const { classes } = this.spec;
    if (isEmpty(value)) return Number.NaN;
    if (this.classOf) {
      const found = this.classOf.get(String(value));
      if (found !== undefined) return found;
      throw this.damaged(
        where,
        name,
        `is ${JSON.stringify(value)}, not one of data.classes: ${[...this.classOf.keys()].join(', ')}`,
      );
    }
    const number = toNumber(value);
    if (Number.isNaN(number)) throw this.notNumber(where, name, value);
    if (typeof classes === 'number' && !(Number.isInteger(number) && number >= 0 && number < classes)) {
      throw this.damaged(where, name, `is ${number}, but data.classes is ${classes}: classes are 0 to ${classes - 1}`);
    }
    return number;
  }

  private notNumber(where: string, name: string, value: unknown): AnnealError {
    const text = isEmpty(value)
      ? 'is empty; data.missing: drop or mean allows it'
      : `is ${JSON.stringify(value)}, not a finite number; list its values in data.categories if it is a kind of thing`;
    return this.damaged(where, name, text);
  }

  private damaged(where: string, column: string, text: string): AnnealError {
    const message = `data.file: ${where} of ${this.spec.file}: column '${column}' ${text}`;
    return new AnnealError('data_damaged', message, 'data.file');
  }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** NaN for what is no finite number. */
function toNumber(value: unknown): number {
  if (isEmpty(value)) return Number.NaN;
  const number = typeof value === 'boolean' ? Number(value) : Number(typeof value === 'string' ? value.trim() : value);
  return Number.isFinite(Math.fround(number)) ? number : Number.NaN;
}

/** Puts the mean of its column into every hole; `values` begin with a whole row. */
export function fillHoles(values: Float32Array, means: Float64Array): void {
  for (let at = 0; at < values.length; at++) if (Number.isNaN(values[at]!)) values[at] = means[at % means.length]!;
}
