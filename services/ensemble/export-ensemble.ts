/** An ensemble as one model: its members side by side on the same input, and the mean of their answers. */
import {
  type BuiltModel,
  buildModel,
  type DataSet,
  type Exported,
  exportModel,
  memberLayers,
  memberName,
  type State,
  type TrainedModel,
} from '@anneal/engine';
import { type EnsembleAverage, INPUT, probabilityOf } from '@anneal/schemas';
import * as tf from '@tensorflow/tfjs';
import type { Member } from './committee.ts';

/**
 * Files as exportModel writes them; the weights of member 3 are named `member_03_…`. The model answers probabilities where those are
 * averaged, and otherwise what a member answers.
 */
export async function exportEnsemble(
  members: readonly Member[],
  average: EnsembleAverage,
  data: DataSet,
): Promise<Exported> {
  const parts = members.map((member, index) => sideBySide(member, index));
  const input = tf.input({ shape: data.inputs.shape.slice(1), name: INPUT });
  const answers = parts.map(({ built }, index) => {
    const answer = built.model.apply(input) as tf.SymbolicTensor;
    const link = average === 'probabilities' ? probabilityOf(members[index]!.spec.loss) : null;
    return link
      ? (tf.layers.activation({ activation: link, name: memberName(index, link) }).apply(answer) as tf.SymbolicTensor)
      : answer;
  });
  const output = tf.layers.average({ name: 'mean' }).apply(answers) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output, name: 'ensemble' });
  const built: BuiltModel = {
    model,
    weights: parts.flatMap((part) => part.built.weights),
    ensemble: null,
    layers: parts.flatMap((part) => part.built.layers),
    // With its members, which are layers of it.
    dispose: () => void model.dispose(),
  };
  try {
    return await exportModel(built, new Map(parts.flatMap((part) => [...part.weights])), data);
  } finally {
    built.dispose();
  }
}

/** The member with names of its own. */
function sideBySide(member: Member, index: number): TrainedModel {
  const { built, weights } = member.open();
  const layers = memberLayers(built.layers, index);
  built.dispose();
  const renamed: State = new Map([...weights].map(([name, values]) => [memberName(index, name), values]));
  return { built: buildModel(layers, member.spec.seed), weights: renamed };
}
