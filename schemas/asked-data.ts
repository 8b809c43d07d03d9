/** What trained models are asked about: fields that evaluate, predict and ensemble specs share. */
import { data } from './dataset/index.ts';
import { splitChoice } from './model-source.ts';

export const askedData = {
  data: data
    .optional()
    .describe(
      "Left out: the job's own, of an ensemble the first member's. Scaled and preprocessed as the model was trained, whatever it says of that.",
    ),
  split: splitChoice,
};
