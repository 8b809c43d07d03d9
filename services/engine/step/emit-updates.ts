/** The parameter updates of a step as nodes: by TensorFlow's fused kernels where there is one, by the rule's formula elsewhere. */
import type { TrainSpec } from '@anneal/schemas';
import { updateSlots } from '@anneal/schemas';
import { after as afterNode, type NodeList, type Output } from '../graph/node-list.ts';
import type { Weight } from '../model/build.ts';
import { traceOwnUpdate } from '../own-code/own-update.ts';
import { DataType } from '../tensorflow.ts';
import { fusedUpdates } from './fused-updates.ts';
import { transformGradients } from './gradient-transforms.ts';
import {
  type Apply,
  averageShare,
  decayOf,
  formulaOf,
  nextAverage,
  ownRate,
  type UpdateScalars,
  updateParameter,
} from './parameter-update.ts';
import { graphTensors, type TensorArithmetic } from './tensor-arithmetic.ts';
import { traceConstraint } from './trace-constraint.ts';

export type UpdateSpec = Pick<TrainSpec, 'update' | 'clip' | 'weightDecay' | 'averaging'>;

export interface EmitUpdates {
  readonly list: NodeList;
  readonly spec: UpdateSpec;
  readonly scalars: UpdateScalars<Output>;
  readonly gradients: readonly { readonly weight: Weight; readonly gradient: Output }[];
  /** Weights that the model itself assigned. */
  readonly assigned: readonly { readonly weight: Weight; readonly value: Output }[];
  /** Values before the step, by name. */
  readonly reads: ReadonlyMap<string, Output>;
  readonly fused: boolean;
  /** Outputs that have to be computed before anything is written. */
  readonly first: readonly Output[];
}

const float = DataType.float32;

/** The slot of a weight, a variable of its own. */
export const slotName = (weight: string, slot: string): string => `${weight}/${slot}`;
/** The running average of a weight. */
export const averageName = (weight: string): string => `${weight}/average`;

export interface EmittedUpdates {
  /** Nodes that write: control inputs of whatever has to come after the step. */
  readonly nodes: readonly Output[];
  /** The new value of a trained weight; makes a node where it has to be read back. */
  readonly after: (weight: string) => Output;
}

export function emitUpdates(input: EmitUpdates): EmittedUpdates {
  const { list, spec, gradients, assigned, reads, scalars } = input;
  const ops = graphTensors(list);
  const transformed = transformGradients(
    ops,
    gradients.map(({ weight, gradient }) => ({
      w: reads.get(weight.name)!,
      g: gradient,
      decays: weight.regularized,
      member: weight.member,
    })),
    spec,
  );
  const update = (input.fused && fusedUpdate(input, ops)) || formulaUpdate(input, ops);
  const written = [
    ...gradients.map(({ weight }, i) => ({ weight, ...update(weight, transformed[i]!) })),
    ...assigned.map(({ weight, value }) => ({
      weight,
      value: () => value,
      nodes: [list.assign(weight.name, value, float, ...input.first.map(afterNode))],
    })),
  ];
  const nodes = written.flatMap((one) => one.nodes);
  const after = (name: string) => written.find(({ weight }) => weight.name === name)!.value();
  if (!spec.averaging) return { nodes, after };
  const share = averageShare(ops, scalars.step, spec.averaging);
  const averages = written.map(({ weight, value }) => {
    const name = averageName(weight.name);
    return list.assign(name, nextAverage(ops, list.read(name, float), value(), share), float);
  });
  return { nodes: [...nodes, ...averages], after };
}

interface Write {
  readonly nodes: readonly Output[];
  readonly value: () => Output;
}

type UpdateWeight = (weight: Weight, gradient: Output) => Write;

/** Null if the rule has no fused kernel. */
function fusedUpdate({ list, spec, scalars, reads }: EmitUpdates, ops: TensorArithmetic<Output>): UpdateWeight | null {
  const kernel = fusedUpdates[spec.update.rule];
  if (!kernel) return null;
  const byMultiplier = new Map<number, ReturnType<typeof kernel>>();
  const { weightDecay } = spec;
  return (weight, gradient) => {
    const multiplier = weight.rateMultiplier;
    const rate = ownRate(ops, scalars.rate, multiplier);
    const updateOne = byMultiplier.get(multiplier) ?? kernel({ list, ...scalars, rate }, spec.update as never);
    byMultiplier.set(multiplier, updateOne);
    const decays = weight.regularized && weightDecay?.type === 'decoupled';
    const node = updateOne(weight.name, decays ? afterDecay(gradient, weight, rate) : gradient);
    const value = () => list.read(weight.name, float, afterNode(node));
    if (!weight.constraint) return { nodes: [node], value };
    const held = traceConstraint(list, weight, value());
    return { nodes: [node, list.assign(weight.name, held, float)], value: () => held };
  };

  /** The gradient, after w has been decayed in place: the kernels read w when they write it. */
  function afterDecay(gradient: Output, weight: Weight, rate: Output): Output {
    const w = reads.get(weight.name)!;
    const decayed = list.assign(
      weight.name,
      ops.sub(w, decayOf(ops, w, rate, weightDecay!)),
      float,
      afterNode(gradient),
    );
    return list.node('Identity', [gradient, afterNode(decayed)], { T: { type: float } });
  }
}

function formulaUpdate({ list, spec, scalars, reads }: EmitUpdates, ops: TensorArithmetic<Output>): UpdateWeight {
  const { update, weightDecay } = spec;
  const slots = updateSlots(update);
  const apply: Apply<Output> =
    update.rule === 'module' ? (input, shape) => traceOwnUpdate(list, update, shape, input) : formulaOf(ops, update);
  return (weight, g) => {
    const own = Object.fromEntries(slots.map((slot) => [slot, list.read(slotName(weight.name, slot), float)]));
    const parameter = {
      w: reads.get(weight.name)!,
      g,
      slots: own,
      shape: weight.shape,
      decays: weight.regularized,
      rateMultiplier: weight.rateMultiplier,
    };
    const next = updateParameter(ops, parameter, scalars, { apply, weightDecay });
    const w = weight.constraint ? traceConstraint(list, weight, next.w) : next.w;
    return {
      nodes: [
        list.assign(weight.name, w, float),
        ...Object.entries(next.slots).map(([slot, value]) => list.assign(slotName(weight.name, slot), value, float)),
      ],
      value: () => w,
    };
  };
}
