/** The members of an ensemble that is trained as one: how their layers and weights are named, and what they start with. */
import { INPUT, type InferredLayer } from '@anneal/schemas';
import { mix } from '../data/permutation.ts';

/** As in `member_03_dense_0`. */
export const memberName = (member: number, name: string): string => `member_${String(member).padStart(2, '0')}_${name}`;

/** The first member is the model that would be trained alone. */
export const memberSeed = (seed: number, member: number): number =>
  member === 0 ? seed : mix(seed, 0x6d656d00 + member) >>> 1;

export const memberLayers = (layers: readonly InferredLayer[], member: number): InferredLayer[] =>
  layers.map((layer) => ({
    ...layer,
    name: memberName(member, layer.name),
    inputs: layer.inputs.map((from) => (from === INPUT ? INPUT : memberName(member, from))),
  }));
