/** A spec on its way to the service: what the service finds wrong comes back with the lines of the file. */
import { InvalidSpecError, type SpecInput } from '../index.ts';
import { parseAssignment } from './assignment.ts';
import { InputError } from './exit.ts';
import { readSpec } from './spec-file.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

export interface Submission {
  readonly spec: SpecInput;
  /** Runs `request` on the spec. @throws InputError that lists all problems with their places */
  send<T>(request: (spec: SpecInput) => Promise<T>): Promise<T>;
  /** One error out of all problems. */
  refuse(problems: readonly Problem[]): InputError;
}

/** @throws InputError */
export async function readSubmission(file: string, set: readonly string[]): Promise<Submission> {
  const assignments = set.map(parseAssignment);
  const { value, frame } = await readSpec(file, assignments);
  const spec = value as SpecInput;
  const refuse = (problems: readonly Problem[]): InputError => {
    const [first, ...others] = problems;
    const place = (problem: Problem): string => frame(problem.param, problem.code);
    const rest = others.map((problem) => `error: ${problem.message}\n${place(problem)}`);
    return new InputError(first?.message ?? 'the spec is not valid', {
      code: first?.code ?? 'invalid_spec',
      param: first?.param ?? null,
      frame: [first ? place(first) : '', ...rest].join('\n'),
    });
  };
  return {
    spec,
    refuse,
    async send(request) {
      try {
        return await request(spec);
      } catch (error) {
        if (!(error instanceof InvalidSpecError)) throw error;
        throw refuse(error.errors.length > 0 ? error.errors : [error]);
      }
    },
  };
}
