/** The wire shapes of Anneal, each defined once, and the pure functions that go with them. */
export * from './apply-patch.ts';
export * from './arithmetic.ts';
export * from './artifact.ts';
export * from './augmentation.ts';
export * from './averaging.ts';
export * from './check-names.ts';
export * from './check-spec.ts';
export * from './checkpoint.ts';
export * from './checkpointing.ts';
export * from './clipping.ts';
export * from './data-fits.ts';
export * from './dataset/index.ts';
export * from './early-stopping.ts';
export * from './ensemble-spec.ts';
export * from './error.ts';
export * from './evaluate-spec.ts';
export * from './event.ts';
export * from './explain.ts';
export * from './finding.ts';
export * from './forecast.ts';
export {
  checkSfo,
  fullBatchDefinitions,
  isWholeSpace,
  minibatchesOf,
  NEWTON_PARAMETERS,
  SFO_BYTES,
  type SfoOptions,
  type SfoSizes,
  type SfoVector,
  sfoBytes,
  sfoKeeps,
  sfoLengths,
  sfoSizes,
} from './full-batch/index.ts';
export * from './health.ts';
export * from './import/model-json.ts';
export * from './inspect-spec.ts';
export * from './job.ts';
export * from './job-page.ts';
export * from './layers/define.ts';
export * from './layers/index.ts';
export { tfInitializer } from './layers/initializer.ts';
export * from './losses/index.ts';
export * from './metric.ts';
export * from './model.ts';
export * from './model-source.ts';
export * from './monitor.ts';
export * from './observations.ts';
export * from './output-range.ts';
export * from './own-code.ts';
export * from './own-metric.ts';
export * from './planned-steps.ts';
export * from './predict-spec.ts';
export * from './recorded-function.ts';
export * from './recorded-kernels.ts';
export * from './results.ts';
export * from './schedules/index.ts';
export * from './scores.ts';
export * from './shape.ts';
export * from './spec.ts';
export * from './split-sizes.ts';
export * from './step-examples.ts';
export * from './step-scan.ts';
export * from './train-spec.ts';
export * from './updates/define.ts';
export * from './updates/index.ts';
export * from './uploaded-dataset.ts';
export * from './validate.ts';
export * from './validation-report.ts';
export * from './webhook.ts';
export * from './weight-decay.ts';
export * from './work.ts';
