/** A spec on its way to the service: what the service finds wrong comes back with the lines of the file. */
import { dirname } from 'node:path';
import { InvalidSpecError, type SpecInput } from '../index.ts';
import { parseAssignment } from './assignment.ts';
import { InputError } from './exit.ts';
import { withModules } from './own-code.ts';
import { readSpec, type SpecFile } from './spec-file.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

export interface Submission {
  readonly spec: SpecInput;
  /** Where a field of the spec stands in the file. */
  readonly place: SpecFile['place'];
  /**
   * Runs `request` on the spec, which is the part `within` of what is sent (all of it when left out).
   * @throws InputError that lists all problems with their places
   */
  send<T>(request: (spec: SpecInput) => Promise<T>, within?: string): Promise<T>;
  /** One error out of all problems. */
  refuse(problems: readonly Problem[]): InputError;
}

/** @throws InputError */
export async function readSubmission(file: string, set: readonly string[]): Promise<Submission> {
  const assignments = set.map(parseAssignment);
  const { value, frame, place } = await readSpec(file, assignments);
  const spec = (await withModules(value, file === '-' ? '.' : dirname(file))) as SpecInput;
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
    place,
    refuse,
    async send(request, within) {
      try {
        return await request(spec);
      } catch (error) {
        if (!(error instanceof InvalidSpecError)) throw error;
        const problems: readonly Problem[] = error.errors.length > 0 ? error.errors : [error];
        throw refuse(within === undefined ? problems : problems.map((problem) => inside(problem, within)));
      }
    },
  };
}

/** A problem of the whole as one of its part `within`. */
function inside({ code, message, param }: Problem, within: string): Problem {
  const strip = (text: string): string => (text.startsWith(`${within}.`) ? text.slice(within.length + 1) : text);
  return { code, message: strip(message), param: param === null ? null : strip(param) };
}
