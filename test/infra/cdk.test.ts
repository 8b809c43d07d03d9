/** The CDK app: the template says what matters, the rules of AwsSolutions find nothing, and it is synthesised without an account. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { instanceMachine, isMachine, machineHere } from '@anneal/core/forecast/machine.ts';
import { instance, instances } from '@anneal/core/forecast/prices.ts';
import { RETRY_SECONDS } from '@anneal/core/webhooks/deliver.ts';
import { at, cdk, ofType, out, resources, type StackName, skip } from './synthesis.ts';

const ofBatch = (type: string) => ofType(type, 'AnnealBatch');

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
  const keys = statements.find(({ Sid }) => Sid === 'Keys')!;
  assert.deepEqual(keys.Action, ['dynamodb:GetItem', 'dynamodb:Query']);
  assert.deepEqual(keys.Condition, { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['#record#keys'] } });
  const lists = statements.find(({ Sid }) => Sid === 'Bucket')!;
  assert.deepEqual(lists.Condition, { StringLike: { 's3:prefix': ['team-a/*'] } });
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
        // Only the artifacts, whose names are not known before, are a wildcard; of them only data sets may be written.
        const wild = JSON.stringify(Resource).includes('*');
        const writes = [Action].flat().some((action) => /^s3:(?:Put|Delete)/.test(String(action)));
        if (writes) assert.match(JSON.stringify(Resource), /"\/\*\/datasets\/\*"/, String(Sid));
        else assert.ok(!wild || Sid === 'Objects', String(Sid));
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

test('machines are GPU instances of G and P, spot and on-demand, with the image said, and none while nothing waits', {
  skip,
}, async () => {
  const environments = await ofBatch('AWS::Batch::ComputeEnvironment');
  assert.deepEqual(
    environments.map((one) => at(one, 'ComputeResources.Type')),
    ['SPOT', 'EC2'],
  );
  for (const environment of environments) {
    const types = at(environment, 'ComputeResources.InstanceTypes') as string[];
    assert.ok(types.every((type) => /^(g|p)\d/.test(type)) && types.some((type) => type.startsWith('p')), `${types}`);
    assert.ok(!types.includes('p3') && !types.includes('g3'), 'the image does not support them');
    assert.deepEqual(at(environment, 'ComputeResources.Ec2Configuration'), [{ ImageType: 'ECS_AL2023_NVIDIA' }]);
    assert.deepEqual(
      [at(environment, 'ComputeResources.MinvCpus'), at(environment, 'ComputeResources.MaxvCpus')],
      [0, 64],
    );
    assert.equal(at(environment, 'UpdatePolicy.TerminateJobsOnUpdate'), false);
  }
  const [template] = await ofBatch('AWS::EC2::LaunchTemplate');
  assert.equal(at(template!, 'LaunchTemplateData.MetadataOptions.HttpTokens'), 'required');
  assert.equal(at(template!, 'LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted'), true);
  const userData = JSON.stringify(at(template!, 'LaunchTemplateData.UserData'));
  assert.match(userData, /ECS_ENABLE_SPOT_INSTANCE_DRAINING=true/);
  for (const group of await ofBatch('AWS::EC2::SecurityGroup'))
    assert.equal(at(group, 'SecurityGroupIngress'), undefined);
});

test('every kind of machine that it offers has its prices', { skip }, async () => {
  const machines = await ofBatch('AWS::Batch::ComputeEnvironment');
  const offered = new Set(machines.flatMap((one) => at(one, 'ComputeResources.InstanceTypes') as string[]));
  assert.ok(offered.size >= 5, [...offered].join());
  const priced = new Set(instances.map(({ type }) => type.split('.')[0]!));
  assert.deepEqual(
    [...offered].filter((family) => !priced.has(family)),
    [],
  );
});

test('a machine tells its runners what it is: the start script itself, against a metadata service of ours', {
  skip,
}, async (t) => {
  const [template] = await ofBatch('AWS::EC2::LaunchTemplate');
  const parts = at(template!, 'LaunchTemplateData.UserData.Fn::Base64.Fn::Join.1') as (
    | string
    | Record<string, string>
  )[];
  const whole = parts.flatMap((part) => (typeof part === 'string' ? [] : [part['Fn::Base64'] ?? '']))[0] ?? '';
  const tokens: unknown[] = [];
  const metadata = createServer((request, response) => {
    const { method, url, headers } = request;
    if (method === 'PUT') tokens.push(headers['x-aws-ec2-metadata-token-ttl-seconds']);
    const facts: Record<string, string> = {
      'PUT /latest/api/token': 'secret',
      'GET /latest/meta-data/instance-type': 'g5.xlarge',
      'GET /latest/meta-data/instance-life-cycle': 'spot',
    };
    const known = method === 'PUT' || headers['x-aws-ec2-metadata-token'] === 'secret';
    const fact = known ? facts[`${method} ${url}`] : undefined;
    response.writeHead(fact === undefined ? 401 : 200).end(fact);
  });
  await new Promise<void>((resolve) => void metadata.listen(0, '127.0.0.1', resolve));
  t.after(() => metadata.close());
  const file = join(out, 'machine.json');
  const script = whole
    .slice(whole.indexOf('IMDS='))
    .replace('http://169.254.169.254', `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`)
    .replaceAll('/var/lib/anneal/machine.json', file);
  await promisify(execFile)('bash', ['-c', script]);
  const here = machineHere({ ANNEAL_MACHINE: file });
  assert.ok(isMachine(here), JSON.stringify(here));
  assert.deepEqual([here, tokens], [instanceMachine(instance('g5.xlarge')!, 'spot'), ['60']]);
  const [definition] = await ofBatch('AWS::Batch::JobDefinition');
  const environment = at(definition!, 'ContainerProperties.Environment') as { Name: string; Value: string }[];
  const [mount] = at(definition!, 'ContainerProperties.MountPoints') as { ContainerPath: string }[];
  const told = environment.find(({ Name }) => Name === 'ANNEAL_MACHINE')?.Value;
  assert.deepEqual(
    [told, whole.includes('> /var/lib/anneal/machine.json')],
    [`${mount!.ContainerPath}/machine.json`, true],
  );
});

test('queues give up what can never run, and spot machines that do not come', { skip }, async () => {
  const limits = (await ofBatch('AWS::Batch::JobQueue')).map((queue) =>
    (at(queue, 'JobStateTimeLimitActions') as { Reason: string; MaxTimeSeconds: number }[]).map(
      ({ Reason, MaxTimeSeconds }) => `${Reason} ${MaxTimeSeconds}`,
    ),
  );
  const never = [
    'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT 600',
    'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE 600',
  ];
  assert.deepEqual(limits, [[...never, 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY 1800'], never]);
});

test('a runner has a GPU, an init, no role, and is neither root nor may it write but in its folder', {
  skip,
}, async () => {
  const [definition] = await ofBatch('AWS::Batch::JobDefinition');
  const container = (path: string) => at(definition!, `ContainerProperties.${path}`);
  assert.deepEqual(container('ResourceRequirements'), [
    { Type: 'MEMORY', Value: '14000' },
    { Type: 'VCPU', Value: '4' },
    { Type: 'GPU', Value: '1' },
  ]);
  assert.deepEqual(['LinuxParameters.InitProcessEnabled', 'ReadonlyRootFilesystem', 'Privileged'].map(container), [
    true,
    true,
    undefined,
  ]);
  assert.equal(container('User'), '10001');
  assert.deepEqual(container('MountPoints'), [{ ContainerPath: '/scratch', SourceVolume: 'scratch' }]);
  // What it may do comes with its launch: see the job role.
  assert.equal(container('JobRoleArn'), undefined);
  for (const log of await ofBatch('AWS::Logs::LogGroup')) assert.ok(Number(at(log, 'RetentionInDays')) <= 90);
});

test('a service may launch to these queues, stop only runners of Anneal, and change nothing else', {
  skip,
}, async () => {
  const [policy] = await ofBatch('AWS::IAM::ManagedPolicy');
  const statements = at(policy!, 'PolicyDocument.Statement') as Record<string, unknown>[];
  const statement = (sid: string) => statements.find(({ Sid }) => Sid === sid)!;
  for (const { Sid, Action, Resource } of statements) {
    assert.ok(![Action].flat().some((action) => String(action).includes('*')));
    if (Resource === '*')
      assert.deepEqual([Sid, /^batch:(List|Describe)/.test(String([Action].flat()[0]))], ['Look', true]);
  }
  assert.equal((statement('Launch').Resource as unknown[]).length, 3);
  assert.deepEqual(statement('Stop').Condition, { StringLike: { 'aws:ResourceTag/anneal:tenant': '?*' } });
});

test('the reconciler is called by the ends of runners and once a minute; what fails is kept', { skip }, async () => {
  const rules = await ofBatch('AWS::Events::Rule');
  const [ended] = rules.filter((rule) => at(rule, 'EventPattern'));
  assert.deepEqual(at(ended!, 'EventPattern.detail-type'), ['Batch Job State Change']);
  assert.deepEqual(at(ended!, 'EventPattern.detail.status'), ['SUCCEEDED', 'FAILED']);
  assert.equal((at(ended!, 'EventPattern.detail.jobQueue') as unknown[]).length, 2);
  assert.ok(rules.some((rule) => at(rule, 'ScheduleExpression') === 'rate(1 minute)'));
  const [handler] = (await ofBatch('AWS::Lambda::Function')).filter((one) =>
    at(one, 'Environment.Variables.ANNEAL_LAUNCHER'),
  );
  assert.deepEqual([at(handler!, 'Handler'), at(handler!, 'Timeout')], ['index.handler', 120]);
  assert.ok(at(handler!, 'DeadLetterConfig'));
  const variables = Object.keys(at(handler!, 'Environment.Variables') as object);
  assert.deepEqual(variables.sort(), ['ANNEAL_ARTIFACTS', 'ANNEAL_LAUNCHER', 'ANNEAL_STORE']);
});

test('a job that comes into the queue has the reconciler called at once; other events do not', { skip }, async () => {
  const [source] = await ofBatch('AWS::Lambda::EventSourceMapping');
  assert.deepEqual([at(source!, 'StartingPosition'), at(source!, 'MaximumBatchingWindowInSeconds')], ['LATEST', 1]);
  assert.ok(at(source!, 'DestinationConfig.OnFailure.Destination'));
  const filters = at(source!, 'FilterCriteria.Filters') as { Pattern: string }[];
  const { eventName, dynamodb } = JSON.parse(filters[0]!.Pattern);
  assert.deepEqual(eventName, ['INSERT']);
  const prefix = dynamodb.NewImage.body.S[0].prefix as string;
  const event = (state: string) => JSON.stringify({ type: 'state', state, reason: null, error: null });
  assert.ok(event('queued').startsWith(prefix) && !event('starting').startsWith(prefix));
  for (const policy of await ofBatch('AWS::IAM::Policy'))
    for (const { Action, Resource } of at(policy, 'PolicyDocument.Statement') as Record<string, unknown>[])
      if (String(Action).includes('Stream')) assert.notEqual(Resource, '*');
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
