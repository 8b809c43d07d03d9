/** What functions of a module compute, as data: recorded in the confined process for given shapes, and checked here before anybody uses it. */
import {
  checkAnswer,
  checkRecorded,
  type OwnModule,
  type RecordAsk,
  type RecordedFunction,
  recordedFunction,
} from '@anneal/schemas';
import { z } from 'zod';
import { bundleText } from './bundle-text.ts';
import { ModuleFault } from './fault.ts';
import { type Limits, limits as ordinary } from './limits.ts';
import { opened, trusted } from './report.ts';
import { runConfined } from './run.ts';

/** One for each ask, in their order. @throws ModuleFault */
export async function recordFunctions(
  module: OwnModule,
  asks: readonly RecordAsk[],
  limits: Limits = ordinary,
): Promise<RecordedFunction[]> {
  const bundle = await bundleText(module);
  const run = await runConfined(bundle.code, { ask: 'record', given: asks }, limits);
  const functions = trusted(z.array(recordedFunction).length(asks.length), opened(run, limits, bundle).made);
  for (const [i, one] of functions.entries()) {
    const wrong = checkRecorded(one) ?? checkAnswer(one, asks[i]!);
    if (wrong !== null)
      throw new ModuleFault('module_threw', `its process gave an answer that makes no sense: ${wrong}`);
  }
  return functions;
}
