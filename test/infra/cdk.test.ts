/** The CDK app: the template says what matters, the rules of AwsSolutions find nothing, and it is synthesised without an account. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

let synthesised: Promise<Resource[]> | undefined;
/** The resources of a tenant's template, as `cdk synth` writes it; the same process also applies the rules. */
function resources(): Promise<Resource[]> {
  synthesised ??= (async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, ...env } = process.env;
    const program = join(cdk, 'node_modules/aws-cdk/bin/cdk');
    const args = [program, 'synth', '--quiet', '--context', 'tenant=team-a', '--output', out];
    await promisify(execFile)(process.execPath, args, { cwd: cdk, env: { ...env, PATH: '/usr/bin:/bin' } });
    const template = JSON.parse(readFileSync(join(out, 'AnnealStores.template.json'), 'utf8'));
    return Object.values(template.Resources as Record<string, Resource>);
  })();
  return synthesised;
}
const ofType = async (type: string) => (await resources()).filter(({ Type }) => Type === type);

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

test('the app is typed', { skip }, async () => {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  await promisify(execFile)(process.execPath, [tsc, '--noEmit', '--project', cdk]).catch(({ stdout }) =>
    assert.fail(stdout),
  );
});

test('the rules of AwsSolutions find nothing, and would: a synthesis with a bare bucket fails', { skip }, async () => {
  await resources();
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
