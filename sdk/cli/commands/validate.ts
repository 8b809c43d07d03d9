/** `anneal validate`: checks a spec without running it. Needs no service; where one runs, it looks at the data too. */
import type { Command } from 'commander';
import { ConnectionError, type ValidationReport } from '../../index.ts';
import { type Context, contextOf, result, tell } from '../context.ts';
import { InputError } from '../exit.ts';
import { forecastTable } from '../forecast-view.ts';
import { setOption } from '../set-option.ts';
import { bytes, flops, table } from '../style.ts';
import type { Submission } from '../submission.ts';

export function register(program: Command): void {
  program
    .command('validate')
    .description('check a spec without running it')
    .argument('<file>', 'spec in YAML or JSON; - for standard input')
    .addOption(setOption())
    .action(async (file: string, options: { set: readonly string[] }, command: Command) => {
      const context = contextOf(command);
      const { readSubmission } = await import('../submission.ts');
      const report = await examine(context, await readSubmission(file, options.set));
      result(context, report, () => describe(report));
    });
}

async function examine(context: Context, submission: Submission): Promise<ValidationReport> {
  try {
    return await submission.send((spec) => context.client.jobs.validate(spec, { maxRetries: 0 }));
  } catch (error) {
    if (context.addressGiven || !(error instanceof ConnectionError)) throw error;
    const report = await examineHere(submission);
    tell('No service runs here, so the data were not looked at.');
    return report;
  }
}

async function examineHere({ spec, refuse }: Submission): Promise<ValidationReport> {
  const [{ SpecError, uncountedLayers, validateSpec }, { runnerMemory }] = await Promise.all([
    import('@anneal/schemas'),
    import('@anneal/core/machine-memory.ts'),
  ]);
  try {
    const { layers, parameters, memoryBytes } = validateSpec(spec, { memoryBytes: runnerMemory() });
    return {
      valid: true,
      layers: layers.map(({ name, layer, input, output, parameters }) => {
        return { name, type: layer.type, input: [...input], output: [...output], parameters };
      }),
      parameters,
      memoryBytes,
      uncountedLayers: uncountedLayers(layers),
      ...{ stepsPerEpoch: null, flopsPerStep: null, forecast: null, prices: null },
      forecastReason: 'no service runs here',
    };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error instanceof Error ? error : new InputError(String(error));
    throw refuse(error.errors.length > 0 ? error.errors : [error]);
  }
}

function describe(report: ValidationReport): string {
  const { layers, parameters, memoryBytes, stepsPerEpoch, flopsPerStep, uncountedLayers } = report;
  const shape = (sides: readonly number[]): string => `[${sides.join(', ')}]`;
  const rows = layers.map((layer) => [
    layer.name,
    layer.type,
    shape(layer.input),
    shape(layer.output),
    layer.parameters.toLocaleString('en-US'),
  ]);
  const steps = stepsPerEpoch === null ? '' : `, ${stepsPerEpoch} steps an epoch`;
  const work = flopsPerStep ? ` of ${flops(flopsPerStep)}` : '';
  const own =
    uncountedLayers.length > 0 ? `; without what ${uncountedLayers.join(', ')} compute, which the run finds out` : '';
  const valid = `valid: ${parameters.toLocaleString('en-US')} parameters, about ${bytes(memoryBytes)} of memory${steps}${work}${own}`;
  const layersTable = table(['layer', 'type', 'input', 'output', 'parameters'], rows);
  return [layersTable, valid, forecastTable(report)].join('\n\n');
}
