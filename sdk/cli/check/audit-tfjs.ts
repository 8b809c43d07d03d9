/** The table of TF.js's own gradients. */

import { type Context, result } from '../context.ts';
import { table } from '../style.ts';
import { inputErrors, limitsOf, type ModuleOptions } from './module.ts';

export async function auditTfjs(context: Context, options: ModuleOptions): Promise<void> {
  const { auditOps } = await import('@anneal/usercode');
  const audit = await inputErrors('--tfjs-ops', () => auditOps(limitsOf(options)));
  const verdicts = ['wrong', 'inexact', 'refused', 'right'] as const;
  result(context, audit, () => {
    const rows = verdicts.flatMap((verdict) =>
      audit.ops
        .filter((one) => one.verdict === verdict)
        .map(({ op, cases, worstError, note }) => [op, verdict, String(cases), atMost(worstError), note]),
    );
    const counts = verdicts.map((verdict) => `${audit.ops.filter((one) => one.verdict === verdict).length} ${verdict}`);
    const head = `TF.js ${audit.version}, ${audit.ops.length} ops: ${counts.join(', ')}`;
    return `${head}\n\n${table(['op', 'verdict', 'cases', 'error', 'note'], rows)}`;
  });
}

/** The power of ten above, which doesn't change with the last bits of a processor's functions. */
function atMost(error: number | null): string {
  if (error === null) return '–';
  if (error < 1e-9) return 'rounding';
  return `≤ 1e${Math.ceil(Math.log10(error))}`;
}
