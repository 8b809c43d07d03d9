/** A compiled program: a graph loaded into a TensorFlow session, with its variables. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Graph } from './graph/graph.ts';
import { after, type Output } from './graph/node-list.ts';
import { binding, DataType, type TypedArray } from './tensorflow.ts';

/** A placeholder and what it is fed. */
export interface Fed {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly values: TypedArray;
}

interface Declared {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly number[];
}

/** Builds a program: declare variables, emit nodes, then `load`. */
export class ProgramBuilder {
  readonly graph = new Graph();
  readonly variables: Declared[] = [];

  /** A resource variable that can be set and read by name. */
  declare(name: string, type: DataType, shape: readonly number[]): void {
    this.graph.declare(name, type, shape);
    const value = this.graph.placeholder(`${name}/value`, type, shape);
    // A fed tensor is the memory of the JavaScript array. A variable that kept it would change that array, and free it on another thread.
    const own = this.graph.node('DeepCopy', [value], { T: { type } });
    const assigned = this.graph.assign(name, own, type);
    this.graph.node(
      'Identity',
      [this.graph.scalar(1), after(assigned)],
      { T: { type: DataType.float32 } },
      `${name}/set`,
    );
    this.graph.node('ReadVariableOp', [this.graph.variable(name)], { dtype: { type } }, `${name}/get`);
    this.variables.push({ name, type, shape });
  }

  /** A fetchable name for an output, computed after `controls`. */
  name(name: string, output: Output, type: DataType, controls: readonly Output[] = []): void {
    this.graph.node('Identity', [output, ...controls.map(after)], { T: { type } }, name);
  }

  load(): Program {
    return loadGraph(this.graph, this.variables);
  }
}

/** Loads a graph into a session. */
export function loadGraph(graph: Graph, variables: readonly Declared[] = []): Program {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-program-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), graph.savedModel());
    return new Program(binding.loadSavedModel(folder, 'serve'), variables);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export class Program {
  private readonly declared: ReadonlyMap<string, Declared>;

  constructor(
    private readonly id: number,
    variables: readonly Declared[],
  ) {
    this.declared = new Map(variables.map((variable) => [variable.name, variable]));
  }

  /** Fetches the named outputs. The feeds' arrays must not change while it runs. */
  run(feeds: readonly Fed[], fetches: readonly string[]): TypedArray[] {
    const ids = feeds.map(({ type, shape, values }) => binding.createTensor(shape as number[], type, values));
    try {
      const names = feeds.map((feed) => `${feed.name}:0`).join(',');
      const results = binding.runSavedModel(this.id, ids, names, fetches.map((fetch) => `${fetch}:0`).join(','));
      return results.map((result) => {
        const values = binding.tensorDataSync(result.id);
        binding.deleteTensor(result.id);
        return values;
      });
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }

  /** Sets variables by name. All at once: a session prepares every new set of fetches for some milliseconds. */
  set(values: ReadonlyMap<string, TypedArray>): void {
    const feeds = [...values].map(([name, value]) => ({
      ...this.variable(name),
      name: `${name}/value`,
      values: value,
    }));
    this.run(
      feeds,
      [...values.keys()].map((name) => `${name}/set`),
    );
  }

  /** Reads variables, in the order of the names. */
  get(names: readonly string[]): TypedArray[] {
    return this.run(
      [],
      names.map((name) => `${this.variable(name).name}/get`),
    );
  }

  /** Frees the session and its variables. */
  dispose(): void {
    binding.deleteSavedModel(this.id);
  }

  private variable(name: string): Declared {
    const declared = this.declared.get(name);
    if (!declared) throw new Error(`the program has no variable '${name}'`);
    return declared;
  }
}
