/** The wire types by the names the field uses. All of them are generated from the service's schemas. */
import type { components } from '../generated/types.ts';

type Schemas = components['schemas'];

export type Job = Schemas['Job'];
/** A job of one kind, with its spec and its result. */
export type JobOf<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>;
export type JobState = Schemas['JobState'];
/** A spec as the service answers it: every default filled in. */
export type Spec = Job['spec'];
export type TrainSpec = Schemas['TrainSpec'];
/** A spec as a client may write it. */
export type SpecInput = Schemas['SpecInput'];
export type TrainSpecInput = Schemas['TrainSpecInput'];
export type TrainResult = Schemas['TrainResult'];
export type CheckName = Schemas['CheckName'];
export type CheckSpec = Schemas['CheckSpec'];
export type CheckSpecInput = Schemas['CheckSpecInput'];
export type CheckResult = Schemas['CheckResult'];
export type EvaluateSpec = Schemas['EvaluateSpec'];
export type EvaluateSpecInput = Schemas['EvaluateSpecInput'];
export type EvaluateResult = Schemas['EvaluateResult'];
export type PredictSpec = Schemas['PredictSpec'];
export type PredictSpecInput = Schemas['PredictSpecInput'];
export type PredictResult = Schemas['PredictResult'];
export type EnsembleSpec = Schemas['EnsembleSpec'];
export type EnsembleSpecInput = Schemas['EnsembleSpecInput'];
export type EnsembleResult = Schemas['EnsembleResult'];
export type ModelSource = Schemas['ModelSource'];
export type ValidationReport = Schemas['ValidationReport'];
export type Forecast = Schemas['Forecast'];
export type RunCost = Schemas['RunCost'];
export type PlanReport = Schemas['PlanReport'];
export type Progress = Schemas['Progress'];
export type Event = Schemas['Event'];
export type EventBody = Schemas['EventBody'];
export type ProgressMessage = Schemas['ProgressMessage'];
export type StreamEnd = Schemas['StreamEnd'];
export type Finding = Schemas['Finding'];
export type Diagnostics = Schemas['Diagnostics'];
export type Metrics = Schemas['Metrics'];
export type MetricName = Schemas['MetricName'];
export type Series = Schemas['Series'];
export type Artifact = ArtifactList['artifacts'][number];
export type ArtifactList = Schemas['ArtifactList'];
export type Checkpoint = Schemas['Checkpoint'];
export type CheckpointList = Schemas['CheckpointList'];
export type InspectSpec = Schemas['InspectSpec'];
export type InspectSpecInput = Schemas['InspectSpecInput'];
export type InspectResult = Schemas['InspectResult'];
export type Dataset = Schemas['Dataset'];
export type DatasetState = Schemas['DatasetState'];
export type DatasetUpload = Schemas['DatasetUpload'];
export type DatasetUploads = Schemas['DatasetUploads'];
export type FileContents = Schemas['FileContents'];
export type NewDatasetInput = Schemas['NewDatasetInput'];
export type Webhook = Schemas['Webhook'];
export type WebhookInput = Schemas['NewWebhookInput'];
export type WebhookEvent = Schemas['WebhookEvent'];
export type WebhookWithSecret = Schemas['WebhookWithSecret'];
export type WebhookMessage = Schemas['WebhookMessage'];
export type Health = Schemas['Health'];
export type ErrorCode = Schemas['ErrorCode'];
export type ErrorDetail = Schemas['ErrorDetail'];
export type Problem = Schemas['Problem'];
