/** `anneal import`: the layers of a Keras or TF.js model.json as the model of a spec, in YAML. */
import type { Command } from 'commander';
import { contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';

interface Options {
  readonly shape?: readonly number[];
  readonly keepActivation?: true;
}

export function register(program: Command): void {
  program
    .command('import')
    .description("print a model.json of Keras or TF.js as a spec's model")
    .argument('<file>', "as TF.js, its converter or Keras's to_json write it")
    .option('--shape <sides>', 'shape of an example where the file leaves it open, as in 28,28,1', parseShape)
    .option('--keep-activation', 'keep a softmax or sigmoid at the end; losses take logits, so it is taken off')
    .action(async (file: string, options: Options, command: Command) => {
      const [json, { importModelJson, SpecError }, { stringify }] = await Promise.all([
        readJson(file),
        import('@anneal/schemas'),
        import('yaml'),
      ]);
      try {
        const { layers, input, outputActivation } = importModelJson(json, {
          ...(options.shape && { input: options.shape }),
          keepOutputActivation: options.keepActivation ?? false,
        });
        const model = { layers, ...(isWithWeights(json) && { warmStart: { file } }) };
        if (outputActivation)
          tell(`The ${outputActivation} at the end was taken off: the losses compute it. An example is [${input}].`);
        result(contextOf(command), { model, input }, () => stringify({ model }, { lineWidth: 120 }).trimEnd());
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        throw new InputError(`${file}: ${error.message}`, { code: error.code });
      }
    });
}

/** A topology alone, as Keras's to_json, names no weight files. */
const isWithWeights = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'weightsManifest' in json;

function parseShape(text: string): number[] {
  const sides = text.split(',').map(Number);
  if (sides.every((side) => Number.isInteger(side) && side > 0)) return sides;
  throw new InputError(`--shape ${text}: must be whole numbers above 0 with commas between, as in 28,28,1`);
}

async function readJson(file: string): Promise<unknown> {
  const { readText } = await import('../spec-file.ts');
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`, { code: 'invalid_json' });
  }
}
