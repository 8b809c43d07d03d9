/** Users' own modules in a job: none of their code runs here. What a step needs of them is recorded in confined processes, and so are their checks run. */
import { useRecorder } from '@anneal/engine';
import { AnnealError, type Finding, moduleOf, type OwnModule, type TrainSpec } from '@anneal/schemas';
import { checkText, ModuleFault, placed, RecordThread } from '@anneal/usercode';
import type { TrainerHost } from './trainer-host.ts';

interface Field {
  /** Where in the spec it stands, as `loss`. */
  readonly param: string;
  readonly module: OwnModule;
}

export function modulesOf({ loss, update, model, metrics }: TrainSpec): Field[] {
  return [
    ...(loss.type === 'module' ? [{ param: 'loss', module: moduleOf(loss) }] : []),
    ...(update.rule === 'module' ? [{ param: 'update', module: moduleOf(update) }] : []),
    ...model.layers.flatMap((layer, i) =>
      layer.type === 'module' ? [{ param: `model.layers[${i}]`, module: moduleOf(layer) }] : [],
    ),
    ...Object.entries(metrics ?? {}).map(([name, metric]) => ({ param: `metrics.${name}`, module: moduleOf(metric) })),
  ];
}

/** Runs `work` with modules of these specs recorded on demand. */
export async function withOwnCode<T>(specs: readonly TrainSpec[], work: () => Promise<T>): Promise<T> {
  const fields = specs.flatMap(modulesOf);
  if (fields.length === 0) return work();
  const thread = await RecordThread.start();
  useRecorder({
    record(module, asks) {
      const { param } = fields.find((field) => field.module.code === module.code) ?? { param: 'the spec' };
      try {
        return thread.record(module, asks);
      } catch (error) {
        throw refusal(error, param);
      }
    },
  });
  try {
    return await work();
  } finally {
    useRecorder(null);
    await thread.close();
  }
}

/** The checks of `anneal check` on each module. @throws AnnealError `invalid_module` for one that can't be checked */
export async function checkModules(spec: TrainSpec, host: Pick<TrainerHost, 'emit'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { param, module } of modulesOf(spec)) {
    if (seen.has(module.code)) continue;
    seen.add(module.code);
    const report = await checkText(module).catch((error: unknown) => {
      throw refusal(error, param);
    });
    for (const line of report.printed)
      host.emit({ type: 'notice', level: 'info', message: `${module.name} printed: ${line}` });
    for (const gap of report.gaps)
      host.emit({
        type: 'notice',
        level: 'warning',
        message: `${module.name} is less confined than elsewhere: ${gap}`,
      });
    for (const finding of report.findings) {
      const own = { ...finding, evidence: { ...finding.evidence, module: module.name } };
      host.emit({ type: 'finding', finding: own });
      findings.push(own);
    }
  }
  return findings;
}

/** Why a module can't be used, as the job's error. */
function refusal(error: unknown, param: string): unknown {
  if (!(error instanceof ModuleFault)) return error;
  const code = error.kind === 'confinement_unavailable' ? 'internal' : 'invalid_module';
  return new AnnealError(code, `${param}: ${placed(error)}`, param);
}
