/** The CDK app: the template says what matters, the rules of AwsSolutions find nothing, and it is synthesised without an account. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RETRY_SECONDS } from '@anneal/core/webhooks/deliver.ts';
import { buildLambda } from '../../infra/build/main.mjs';

const cdk = fileURLToPath(new URL('../../infra/cdk/', import.meta.url));
const installed = existsSync(join(cdk, 'node_modules/aws-cdk-lib/package.json'));
const required = process.env.ANNEAL_STAND_INS === 'required';
const skip = !installed && !required && 'the CDK is not installed: npm ci --prefix infra/cdk';
const out = mkdtempSync(join(tmpdir(), 'anneal-cdk-'));
after(() => rmSync(out, { recursive: true, force: true }));

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: unknown;
}

/** What stands at a path in a resource's properties, as `Rules.0.Id`; undefined where nothing does. */
const at = ({ Properties }: Resource, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], Properties);

let synthesised: Promise<void> | undefined;
/** `cdk synth` of a tenant, once; the same process also applies the rules. The functions' bundles are made before. */
function synthesise(): Promise<void> {
  synthesised ??= (async () => {
    await buildLambda();
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, ...env } = process.env;
    const program = join(cdk, 'node_modules/aws-cdk/bin/cdk');
    const args = [program, 'synth', '--quiet', '--context', 'tenant=team-a', '--output', out];
    await promisify(execFile)(process.execPath, args, { cwd: cdk, env: { ...env, PATH: '/usr/bin:/bin' } });
  })();
  return synthesised;
}
type StackName = 'AnnealStores' | 'AnnealApi' | 'AnnealWebhooks';
async function resources(stack: StackName): Promise<Resource[]> {
  await synthesise();
  const template = JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8'));
  return Object.values(template.Resources as Record<string, Resource>);
}
const ofType = async (type: string, stack: StackName = 'AnnealStores') =>
  (await resources(stack)).filter(({ Type }) => Type === type);

test('buckets are closed, encrypted, only reached by TLS, and kept', { skip }, async () => {
  const buckets = await ofType('AWS::S3::Bucket');
  assert.equal(buckets.length, 2);
  for (const bucket of buckets) {
    assert.equal(bucket.DeletionPolicy, 'Retain');
    assert.deepEqual(Object.values(at(bucket, 'PublicAccessBlockConfiguration') as object), [true, true, true, true]);
    const [rule] = at(bucket, 'BucketEncryption.ServerSideEncryptionConfiguration') as Record<string, unknown>[];
    assert.deepEqual(rule!.ServerSideEncryptionByDefault, { SSEAlgorithm: 'AES256' });
  }
  const policies = await ofType('AWS::S3::BucketPolicy');
  assert.equal(policies.length, 2);
  for (const policy of policies) {
    const statements = at(policy, 'PolicyDocument.Statement') as { Effect: string }[];
    const refused = statements.filter(({ Effect }) => Effect === 'Deny');
    assert.ok(JSON.stringify(refused).includes('"aws:SecureTransport":"false"'));
  }
});

test('what a killed process leaves in the bucket goes after a day, removed objects after a while', {
  skip,
}, async () => {
  const [artifacts] = (await ofType('AWS::S3::Bucket')).filter((one) => at(one, 'VersioningConfiguration'));
  assert.equal(at(artifacts!, 'VersioningConfiguration.Status'), 'Enabled');
  const rules = at(artifacts!, 'LifecycleConfiguration.Rules') as Record<string, unknown>[];
  const rule = (id: string) => rules.find(({ Id }) => Id === id)!;
  assert.deepEqual(rule('unfinished-uploads').AbortIncompleteMultipartUpload, { DaysAfterInitiation: 1 });
  assert.deepEqual([rule('drafts').Prefix, rule('drafts').ExpirationInDays], ['team-a/.temporary/', 1]);
  assert.deepEqual(rule('removed').NoncurrentVersionExpiration, { NoncurrentDays: 30 });
});

test('the table is that of the store, can be restored to any second, and is not deleted', { skip }, async () => {
  const [table] = await ofType('AWS::DynamoDB::GlobalTable');
  assert.deepEqual(at(table!, 'KeySchema'), [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  assert.deepEqual(at(table!, 'TimeToLiveSpecification'), { AttributeName: 'ttl', Enabled: true });
  assert.equal(at(table!, 'BillingMode'), 'PAY_PER_REQUEST');
  assert.equal(at(table!, 'Replicas.0.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'), true);
  assert.equal(at(table!, 'Replicas.0.DeletionProtectionEnabled'), true);
  assert.equal(table!.DeletionPolicy, 'Retain');
});

test('rights are bound to the tenant: no * for actions, none for resources but below its folder', {
  skip,
}, async () => {
  const [policy] = await ofType('AWS::IAM::ManagedPolicy');
  const statements = at(policy!, 'PolicyDocument.Statement') as Record<string, unknown>[];
  for (const { Action, Resource } of statements) {
    assert.ok(![Action].flat().some((action) => String(action).includes('*')));
    const text = JSON.stringify(Resource);
    assert.ok(!text.includes('*') || text.includes('"/team-a/*"'), text);
  }
  const items = statements.find(({ Sid }) => Sid === 'Items')!;
  assert.deepEqual(items.Condition, { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['team-a#*'] } });
});

test('the API has a URL that streams, and ends its streams before its timeout', {
  skip,
}, async () => {
  const [api] = (await ofType('AWS::Lambda::Function', 'AnnealApi')).filter((one) =>
    String(at(one, 'Description')).startsWith('The HTTP API'),
  );
  const [url] = await ofType('AWS::Lambda::Url', 'AnnealApi');
  assert.deepEqual([at(url!, 'InvokeMode'), at(url!, 'AuthType')], ['RESPONSE_STREAM', 'NONE']);
  const variables = at(api!, 'Environment.Variables') as Record<string, unknown>;
  assert.ok(Number(variables.ANNEAL_STREAM_SECONDS) + 10 <= Number(at(api!, 'Timeout')));
  for (const name of ['ANNEAL_STORE', 'ANNEAL_ARTIFACTS']) assert.match(JSON.stringify(variables[name]), /\{tenant\}/);
  for (const name of ['ANNEAL_REQUESTS_PER_MINUTE', 'ANNEAL_OPEN_JOBS']) assert.ok(Number(variables[name]) > 0, name);
  assert.ok(!/secret|password|token/i.test(JSON.stringify(variables)));
});

for (const stack of ['AnnealApi', 'AnnealWebhooks'] as const) {
  test(`${stack}: each function has a role of its own, its actions by name, a log for a month, and nothing of AWS’s managed policies`, {
    skip,
  }, async () => {
    const functions = await ofType('AWS::Lambda::Function', stack);
    const roles = await ofType('AWS::IAM::Role', stack);
    assert.ok(functions.length > 0);
    assert.equal(roles.length, functions.length);
    for (const role of roles) assert.equal(at(role, 'ManagedPolicyArns'), undefined);
    for (const log of await ofType('AWS::Logs::LogGroup', stack)) assert.equal(at(log, 'RetentionInDays'), 30);
    for (const policy of await ofType('AWS::IAM::Policy', stack)) {
      for (const { Action, Resource, Sid } of at(policy, 'PolicyDocument.Statement') as Record<string, unknown>[]) {
        assert.ok(![Action].flat().some((action) => String(action).includes('*')), String(Sid));
        // Only the artifacts, whose names are not known before, are a wildcard.
        const wild = JSON.stringify(Resource).includes('*');
        assert.ok(!wild || Sid === 'Objects', String(Sid));
      }
    }
  });
}

test('webhooks: the table’s stream hands on moves only, queues are encrypted and reached by TLS, tries end in a dead-letter queue', {
  skip,
}, async () => {
  const [table] = await ofType('AWS::DynamoDB::GlobalTable');
  assert.equal(at(table!, 'StreamSpecification.StreamViewType'), 'NEW_IMAGE');
  const sources = await ofType('AWS::Lambda::EventSourceMapping', 'AnnealWebhooks');
  for (const source of sources) assert.deepEqual(at(source, 'FunctionResponseTypes'), ['ReportBatchItemFailures']);
  const stream = sources.find((source) => at(source, 'StartingPosition'))!;
  const filters = at(stream, 'FilterCriteria.Filters') as { Pattern: string }[];
  const prefix = JSON.parse(filters[0]!.Pattern).dynamodb.NewImage.body.S[0].prefix as string;
  assert.ok(JSON.stringify({ type: 'state', state: 'queued' }).startsWith(prefix));
  assert.ok(!JSON.stringify({ type: 'notice' }).startsWith(prefix));
  assert.ok(at(stream, 'DestinationConfig.OnFailure.Destination'));
  const queues = await ofType('AWS::SQS::Queue', 'AnnealWebhooks');
  assert.equal(queues.length, 2);
  for (const queue of queues) assert.equal(at(queue, 'SqsManagedSseEnabled'), true);
  const redriven = queues.find((queue) => at(queue, 'RedrivePolicy'))!;
  assert.equal(at(redriven, 'RedrivePolicy.maxReceiveCount'), RETRY_SECONDS.length + 1);
  // What waits longest between two tries still lies in the queue at the last.
  const longest = RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0);
  assert.ok(Number(at(redriven, 'MessageRetentionPeriod')) > longest && Math.max(...RETRY_SECONDS) <= 43_200);
  for (const policy of await ofType('AWS::SQS::QueuePolicy', 'AnnealWebhooks'))
    assert.ok(JSON.stringify(at(policy, 'PolicyDocument')).includes('"aws:SecureTransport":"false"'));
});

test('what fails raises an alarm', { skip }, async () => {
  const metrics = async (stack: StackName) =>
    (await ofType('AWS::CloudWatch::Alarm', stack)).map((alarm) => at(alarm, 'MetricName'));
  assert.deepEqual((await metrics('AnnealApi')).sort(), ['Errors', 'Throttles']);
  assert.deepEqual(await metrics('AnnealWebhooks'), ['ApproximateNumberOfMessagesVisible']);
});

test('the app is typed', { skip }, async () => {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  await promisify(execFile)(process.execPath, [tsc, '--noEmit', '--project', cdk]).catch(({ stdout }) =>
    assert.fail(stdout),
  );
});

test('the rules of AwsSolutions find nothing, and would: a synthesis with a bare bucket fails', { skip }, async () => {
  await synthesise();
  const program = `
    import { App, Stack, Validations } from 'aws-cdk-lib';
    import { Bucket } from 'aws-cdk-lib/aws-s3';
    import { AwsSolutionsChecks } from 'cdk-nag';
    const app = new App({ outdir: ${JSON.stringify(join(out, 'bare'))} });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new Bucket(new Stack(app, 'Bare'), 'Bare');
    app.synth();
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { cwd: cdk });
  const said = await run.then(
    ({ stdout, stderr }) => stdout + stderr,
    ({ code, stdout, stderr }) => `exit code ${code}: ${stdout}${stderr}`,
  );
  assert.match(said, /exit code [1-9]/);
  assert.match(said, /AwsSolutions-S10/);
});
