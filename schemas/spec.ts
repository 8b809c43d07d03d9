/** The spec of a job: the document a client submits. */
import { z } from 'zod';
import { checkSpec } from './check-spec.ts';
import { ensembleSpec } from './ensemble-spec.ts';
import { evaluateSpec } from './evaluate-spec.ts';
import { inspectSpec } from './inspect-spec.ts';
import { predictSpec } from './predict-spec.ts';
import { trainSpec } from './train-spec.ts';

/** All kinds of job. */
export const spec = z
  .discriminatedUnion('kind', [trainSpec, checkSpec, evaluateSpec, predictSpec, ensembleSpec, inspectSpec])
  .meta({ id: 'Spec', description: 'What to do.' });

export type Spec = z.output<typeof spec>;
export type SpecInput = z.input<typeof spec>;
