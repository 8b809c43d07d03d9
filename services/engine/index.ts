/** The engine: training itself. */
export { type Checkpoint, decodeCheckpoint, placeOfCheckpoint } from './checkpoint.ts';
export { type DataSet, isStreamed, labelWidth, type StreamedData } from './data/data-set.ts';
export { type LoadedData, type LoadOptions, loadData } from './data/load.ts';
export { withPlaceholders } from './data/no-labels.ts';
export { type OpenOptions, openData } from './data/open-data.ts';
export { random } from './data/permutation.ts';
export { dataReport } from './data/report.ts';
export { rowsInMemory, takeInputs, takeLabels } from './data/take-rows.ts';
export { type DoubleLoss, type DoubleSpec, doubleLoss } from './double/double-program.ts';
export { NoDoubles } from './double/retype.ts';
export { judge } from './evaluation/judge.ts';
export { largest } from './evaluation/largest.ts';
export { classNamesOf, MOST_SCORED_NUMBERS, outputWidth, scoresOf } from './evaluation/scores.ts';
export { type Exported, type ExportedFile, exportModel, preprocessingFile } from './export/export-model.ts';
export { filtersPicture } from './export/filters.ts';
export { writeParquet } from './formats/parquet.ts';
export { minibatchRows } from './full-batch/sfo/minibatches.ts';
export { withOwnStatistics } from './loop/batch-statistics.ts';
export { BatchOrder, batchOrder, type StepOrder } from './loop/order.ts';
export { type LoopHost, type LoopListener, type LoopResult, RunLoop } from './loop/run-loop.ts';
export { type BuiltModel, buildModel, buildNet, firstMemberLayers, withoutNoise } from './model/build.ts';
export { memberLayers, memberName, memberSeed } from './model/member.ts';
export { warmStart } from './model/warm-start.ts';
export { type LayerSignal, layerSignals } from './observe/layer-signals.ts';
export { observationLayout } from './observe/layout.ts';
export { recordTask } from './own-code/record-task.ts';
export { type Recorder, useRecorder } from './own-code/recorder.ts';
export { type CheckpointLayout, checkpointLayout } from './plan/checkpoint-layout.ts';
export { choosePlan } from './plan/choose.ts';
export { graphPlan } from './plan/graph-plan.ts';
export type { Plan, State } from './plan/plan.ts';
export { initialState, setState, type Task } from './plan/task.ts';
export { regularizationLoss } from './step/loss.ts';
export { scoped, tensorflowVersion } from './tensorflow.ts';
export { HostRead } from './trace/trace.ts';
export {
  answeringPlan,
  readPreprocessing,
  simplePlan,
  type TrainedModel,
  type TrainedSource,
  trainedModel,
  trainedTensors,
} from './trained-model.ts';
