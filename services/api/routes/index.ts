/** All endpoints, in the order of the document. */
import type { Route } from '../endpoint.ts';
import { artifactRoutes } from './artifacts.ts';
import { checkpointRoutes } from './checkpoints.ts';
import { datasetRoutes } from './datasets.ts';
import { diagnosticsRoutes } from './diagnostics.ts';
import { docsRoutes } from './docs.ts';
import { eventRoutes } from './events.ts';
import { healthRoutes } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { logRoutes } from './logs.ts';
import { metricRoutes } from './metrics.ts';
import { steeringRoutes } from './steering.ts';
import { webhookRoutes } from './webhooks.ts';

export const routes: readonly Route[] = [
  ...jobRoutes,
  ...steeringRoutes,
  ...eventRoutes,
  ...metricRoutes,
  ...diagnosticsRoutes,
  ...checkpointRoutes,
  ...artifactRoutes,
  ...logRoutes,
  ...datasetRoutes,
  ...webhookRoutes,
  ...docsRoutes,
  ...healthRoutes,
];
