/**
 * One layer of a Keras model as its JSON describes it, read option by option: what nobody asked for is refused at the end, so that no
 * option is dropped in silence.
 */
import { SpecError } from '../error.ts';

/** Options that change nothing of what Anneal makes of the layer: how TensorFlow runs it, and where it started. */
const without = new Set(
  ['name', 'trainable', 'dtype', 'batchInputShape', 'batchShape', 'inputShape', 'inputDtype', 'inputDim', 'inputLength']
    .concat(['sparse', 'ragged', 'optional', 'seed', 'implementation', 'unroll', 'unitForgetBias', 'useCudnn'])
    .concat([
      'synchronized',
      'renormMomentum',
      'renormClipping',
      'fused',
      'zeroOutputForMask',
      'supportsMasking',
      'autocast',
    ]),
);

export class LayerConfig {
  readonly #options: Map<string, unknown>;

  constructor(
    readonly className: string,
    readonly name: string,
    options: Readonly<Record<string, unknown>>,
  ) {
    this.#options = new Map(Object.entries(options).map(([key, value]) => [camel(key), value]));
  }

  get trainable(): boolean {
    return this.#options.get('trainable') !== false;
  }

  /** The value, once; null where there is none. */
  take(key: string): unknown {
    const value = this.#options.get(key) ?? null;
    this.#options.delete(key);
    return value;
  }

  number(key: string, otherwise?: number): number {
    const value = this.take(key) ?? otherwise;
    return typeof value === 'number' ? value : this.refuse(`${key} is ${show(value)}, not a number`);
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.take(key) ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(`${key} is ${show(value)}, not true or false`);
  }

  text(key: string, otherwise?: string): string {
    const value = this.take(key) ?? otherwise;
    return typeof value === 'string' ? value : this.refuse(`${key} is ${show(value)}, not a text`);
  }

  /** Whole numbers, one for each of `axes`; one number stands for all of them. */
  sides(key: string, axes: number, otherwise?: readonly number[]): number[] {
    const value = this.take(key) ?? otherwise;
    const list = typeof value === 'number' ? Array<number>(axes).fill(value) : value;
    const whole = Array.isArray(list) && list.length === axes && list.every((side) => Number.isInteger(side));
    return whole ? list : this.refuse(`${key} is ${show(value)}, not ${axes} whole numbers`);
  }

  /** Refuses the layer where the option has another value than these; missing is as good as the first. */
  only(key: string, allowed: readonly unknown[], why?: string): void {
    const value = this.take(key);
    if (value === null || allowed.some((choice) => JSON.stringify(choice) === JSON.stringify(value))) return;
    const choices = allowed.filter((choice) => choice !== null).map(show);
    const reason =
      why ?? (choices.length > 0 ? `Anneal has it with ${choices.join(' or ')} alone` : 'Anneal has no such option');
    this.refuse(`${key} is ${show(value)}: ${reason}`);
  }

  /** @throws SpecError for an option that was not read and is not without effect */
  end(): void {
    for (const [key, value] of this.#options)
      if (value !== null && !without.has(key)) this.refuse(`${key} is ${show(value)}: Anneal has no such option`);
  }

  refuse(reason: string): never {
    throw new SpecError('invalid_spec', `layer '${this.name}' (${this.className}) can't be imported: ${reason}`);
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A layer, an initialiser or the like as Keras writes it: `{ class_name, config }`. */
export function described(value: unknown): { className: string; config: Record<string, unknown> } | null {
  if (!isObject(value)) return null;
  const { class_name: className = value.className, config } = value;
  return typeof className === 'string' ? { className, config: isObject(config) ? config : {} } : null;
}

export const show = (value: unknown): string => {
  const text = typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

const camel = (key: string): string => key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
