/** The CDK app: `cdk synth`, `cdk deploy` in this folder. The context `tenant` names the owner, `default` if left out. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiStack } from './api-stack.ts';
import { StoresStack } from './stores-stack.ts';
import { WebhooksStack } from './webhooks-stack.ts';

const app = new App();
const tenant = String(app.node.tryGetContext('tenant') ?? 'default');
if (!/^[A-Za-z0-9_-]{1,64}$/.test(tenant)) {
  throw new Error(`tenant: '${tenant}' is not allowed: 1 to 64 letters, digits, _ and -`);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const stores = new StoresStack(app, 'AnnealStores', {
  tenant,
  description: 'Stores of Anneal: artifacts in S3, jobs in DynamoDB',
});
new WebhooksStack(app, 'AnnealWebhooks', { stores, description: 'Sends the webhooks of Anneal' });
new ApiStack(app, 'AnnealApi', { stores, description: 'The API of Anneal on Lambda' });
