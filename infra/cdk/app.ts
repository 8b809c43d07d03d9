/**
 * The CDK app: `cdk synth`, `cdk deploy` in this folder. Context: `tenant` names the owner, `default` if left out; `imageTag` the runner's
 * image, and `maxvCpus` how many vCPUs of each kind of machine there may be at once, 64 if left out.
 */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildReconciler } from '../build/reconciler.mjs';
import { ApiStack } from './api-stack.ts';
import { BatchStack } from './batch-stack.ts';
import { StoresStack } from './stores-stack.ts';
import { WebhooksStack } from './webhooks-stack.ts';

const app = new App();
const tenant = String(app.node.tryGetContext('tenant') ?? 'default');
if (!/^[A-Za-z0-9_-]{1,64}$/.test(tenant)) {
  throw new Error(`tenant: '${tenant}' is not allowed: 1 to 64 letters, digits, _ and -`);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const description = 'Stores of Anneal: artifacts in S3, jobs in DynamoDB';
const stores = new StoresStack(app, 'AnnealStores', { tenant, description });
const maxvCpus = Number(app.node.tryGetContext('maxvCpus') ?? 64);
if (!Number.isInteger(maxvCpus) || maxvCpus < 4)
  throw new Error(`maxvCpus: '${maxvCpus}' is not allowed: a whole number from 4`);
new BatchStack(app, 'AnnealBatch', {
  ...{ stores, maxvCpus },
  imageTag: String(app.node.tryGetContext('imageTag') ?? '0.1.0'),
  reconciler: await buildReconciler(),
  description: 'Runners of Anneal on AWS Batch: GPU machines, queues, job definition, reconciler',
});
new WebhooksStack(app, 'AnnealWebhooks', { stores, description: 'Sends the webhooks of Anneal' });
new ApiStack(app, 'AnnealApi', { stores, description: 'The API of Anneal on Lambda' });
