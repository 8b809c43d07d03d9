/** The rights of a runner: who may take the job role, and what a session of it may do, by the policy of the template. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobRights } from './rights.ts';
import { at, ofType, skip, tenant } from './synthesis.ts';

const ofBatch = (type: string) => ofType(type, 'AnnealBatch');

test('the job role: assumed by one function alone, with tags for tenant and job; no * for actions, none for whole resources', {
  skip,
}, async () => {
  const roles = await ofBatch('AWS::IAM::Role');
  const trusts = roles.map((role) => at(role, 'AssumeRolePolicyDocument.Statement') as Record<string, unknown>[]);
  const [trust, ...others] = trusts.filter((statements) => JSON.stringify(statements).includes('sts:TagSession'));
  assert.deepEqual([others, trust!.length], [[], 1]);
  const { Action, Principal, Condition } = trust![0]!;
  assert.deepEqual(Action, ['sts:AssumeRole', 'sts:TagSession']);
  assert.match(JSON.stringify(Principal), /^\{"AWS":\{"Fn::GetAtt":\["JobCredentialsFunctionRole\w+","Arn"\]\}\}$/);
  assert.deepEqual(Condition, {
    StringEquals: { 'aws:RequestTag/anneal:tenant': tenant },
    StringLike: { 'aws:RequestTag/anneal:job': 'job_*' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['anneal:tenant', 'anneal:job'] },
  });
  const policies = await ofBatch('AWS::IAM::Policy');
  const [policy] = policies.filter((one) => JSON.stringify(one).includes('aws:PrincipalTag'));
  for (const { Sid, ...statement } of at(policy!, 'PolicyDocument.Statement') as Record<string, unknown>[]) {
    assert.ok(![statement.Action].flat().some((action) => String(action).includes('*')), String(Sid));
    assert.notEqual(statement.Resource, '*');
    // All but a look at the table is bound to the tags.
    if (Sid !== 'Table') assert.match(JSON.stringify(statement), /\$\{aws:PrincipalTag\/anneal:tenant\}/, String(Sid));
    const writes = /s3:(Put|Delete)|dynamodb:(Put|Update|Delete)/.test(JSON.stringify(statement.Action));
    if (writes) assert.match(JSON.stringify(statement), /\$\{aws:PrincipalTag\/anneal:job\}/, String(Sid));
  }
  // The function itself: of the table only what it needs to know of a launch.
  const [own] = policies.filter((one) => JSON.stringify(one).includes('sts:AssumeRole'));
  const items = (at(own!, 'PolicyDocument.Statement') as Record<string, unknown>[]).find(({ Sid }) => Sid === 'Items');
  assert.deepEqual((items!.Condition as Record<string, object>)['ForAllValues:StringLike'], {
    'dynamodb:LeadingKeys': ['team-a#record#launches', 'team-a#job#*'],
  });
});

test('a session of the job role writes what is its job’s, reads what is its tenant’s, and reaches nothing else', {
  skip,
}, async () => {
  const rights = await jobRights();
  const may = (action: string, asked: object, tags: Record<string, string> = mine) =>
    rights(tags, { action, ...asked });
  const mine = { 'anneal:tenant': tenant, 'anneal:job': 'job_a' };
  for (const action of ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload']) {
    assert.ok(may(action, { object: 'team-a/jobs/job_a/1/weights.safetensors' }), action);
    for (const object of ['jobs/job_b/1/x', 'jobs/job_ab/1/x', 'datasets/ds_1/files/x', '.temporary/x', 'jobs/x'])
      assert.ok(!may(action, { object: `team-a/${object}` }), `${action} ${object}`);
    for (const other of ['team-b', 'team-ab']) assert.ok(!may(action, { object: `${other}/jobs/job_a/1/x` }), other);
  }
  assert.ok(may('s3:GetObject', { object: 'team-a/jobs/job_b/1/x' }));
  assert.ok(may('s3:GetObject', { object: 'team-a/datasets/ds_1/files/x' }));
  assert.ok(!may('s3:GetObject', { object: 'team-b/datasets/ds_1/files/x' }));
  assert.ok(may('s3:ListBucket', { prefix: 'team-a/' }));
  for (const prefix of ['', 'team-b/', 'team-a']) assert.ok(!may('s3:ListBucket', { prefix }), prefix);

  const writes = ['PutItem', 'UpdateItem', 'DeleteItem'].map((one) => `dynamodb:${one}`);
  const reads = ['GetItem', 'Query'].map((one) => `dynamodb:${one}`);
  for (const action of writes) {
    for (const key of ['job#job_a', 'events#job_a#0', 'state#running', 'record#calibrations'])
      assert.ok(may(action, { keys: [`team-a#${key}`] }), `${action} ${key}`);
    const foreign = [
      'job#job_b',
      'events#job_b#0',
      'events#job_ab#0',
      'jobs',
      'key#1',
      'record#launches',
      'record#keys',
    ];
    for (const key of foreign) assert.ok(!may(action, { keys: [`team-a#${key}`] }), `${action} ${key}`);
    assert.ok(!may(action, { keys: ['team-b#job#job_a'] }));
    assert.ok(!may(action, { keys: ['team-a#job#job_a', 'team-a#job#job_b'] }), 'all keys of a request count');
    assert.ok(!may(action, {}), 'a request without keys');
  }
  for (const action of reads) {
    for (const key of ['job#job_b', 'events#job_b#3']) assert.ok(may(action, { keys: [`team-a#${key}`] }), key);
    const secret = [
      '#record#keys',
      'team-a#record#launches',
      'team-a#record#webhooks',
      'team-b#job#job_a',
      'team-a#jobs',
    ];
    for (const key of secret) assert.ok(!may(action, { keys: [key] }), `${action} ${key}`);
  }
  assert.ok(!may('dynamodb:Scan', {}) && !may('dynamodb:BatchGetItem', { keys: ['team-a#job#job_a'] }));
  // A session without its tags has no rights on anything that they name.
  assert.ok(
    !may('s3:GetObject', { object: '/jobs/job_a/1/x' }, {}) &&
      !may('s3:PutObject', { object: 'team-a/jobs//1/x' }, { 'anneal:tenant': tenant }),
  );
});
