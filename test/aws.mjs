/**
 * `npm run test:aws`: everything that runs on stand-ins for AWS, none of it skipped: the contracts over its adapters, the Batch executor,
 * the functions of Lambda, and end to end. The CDK, whose templates say what each may do, is installed if it is missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cdk = fileURLToPath(new URL('../infra/cdk/', import.meta.url));
if (!existsSync(`${cdk}node_modules/aws-cdk-lib/package.json`)) {
  console.error('installing the CDK …');
  execFileSync('npm', ['ci', '--prefix', cdk, '--ignore-scripts', '--silent'], { stdio: 'inherit' });
}
const FILES = [
  'api/fuzz',
  'contracts/batch-',
  'contracts/dynamodb-',
  'contracts/s3-',
  'core/batch',
  'core/reconcile',
  'runner/recovery-aws',
  'runner/recovery-batch',
  'infra/reconciler',
  'stand-ins/',
  'e2e/aws-',
  'e2e/lambda',
  'e2e/webhooks-lambda',
];
process.env.ANNEAL_STAND_INS = 'required';
process.argv.push(...FILES);
await import('./run.mjs');
