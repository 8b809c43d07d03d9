/** Ensembles: trained models that answer together. */
export { averageWeights } from './average-weights.ts';
export { type Answers, answersOf, Committee, type Listening, type Member } from './committee.ts';
export { exportEnsemble } from './export-ensemble.ts';
export { membersOfRun, membersOfSource } from './members.ts';
export { type Probability, probabilitiesOf } from './probabilities.ts';
