/**
 * Whether a policy, as the template has it, allows a request to S3 or DynamoDB. It knows what ours are made of, and fails for all else:
 * statements that allow, wildcards, tags of the session, and four conditions. It is no simulator of IAM.
 */
import assert from 'node:assert/strict';
import type { Seen } from '../stand-ins/faulty-proxy.ts';
import { at, ofType, type Resource, tenant as synthesised } from './synthesis.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

/** What a request asks for: keys are partition keys of DynamoDB, objects are keys of S3, lists their prefix. */
export interface Asked {
  readonly action: string;
  readonly keys?: readonly string[];
  readonly object?: string;
  readonly prefix?: string;
}

export type Tags = Readonly<Record<string, string>>;
export type Rights = (tags: Tags, asked: Asked) => boolean;

/** Those of a session of the job role. */
export async function jobRights(): Promise<Rights> {
  const policies = await ofType('AWS::IAM::Policy', 'AnnealBatch');
  return rightsOf(policies.filter((policy) => JSON.stringify(policy).includes('aws:PrincipalTag')));
}

/** Those that the stores give to a service or a reconciler of one tenant, as if the template had been made for it. */
export async function tenantRights(tenant: string): Promise<Rights> {
  const policies = JSON.stringify(await ofType('AWS::IAM::ManagedPolicy'));
  return rightsOf(JSON.parse(policies.replaceAll(synthesised, tenant)) as Resource[]);
}

/** Those of the API's function. */
export const apiRights = async (): Promise<Rights> => rightsOf(await ofType('AWS::IAM::Policy', 'AnnealApi'));

function rightsOf(policies: readonly Resource[]): Rights {
  const statements = policies.flatMap((policy) => at(policy, 'PolicyDocument.Statement') as Statement[]);
  assert.ok(statements.length > 3);
  for (const { Effect } of statements) assert.equal(Effect, 'Allow');
  return (tags, asked) => statements.some((statement) => allows(statement, tags, asked));
}

/** The actions of requests that a proxy saw. Fails for the first that is not allowed. */
export function assertAllowed(rights: Rights, seen: readonly Seen[], tags: Tags = {}): Set<string> {
  const actions = new Set<string>();
  for (const asked of seen.flatMap(askedBy)) {
    actions.add(asked.action);
    assert.ok(rights(tags, asked), `not allowed: ${JSON.stringify([tags, asked])}`);
  }
  return actions;
}

function allows({ Action, Resource, Condition = {} }: Statement, tags: Tags, asked: Asked): boolean {
  if (![Action].flat().includes(asked.action)) return false;
  if (asked.object !== undefined && !matches(objectsOf(Resource), asked.object, tags)) return false;
  return Object.entries(Condition).every(([operator, condition]) => {
    const [[key, value]] = Object.entries(condition) as [[string, string | string[]]];
    const patterns = [value].flat();
    if (operator === 'ForAllValues:StringEquals' && key === 'dynamodb:LeadingKeys')
      return (asked.keys ?? []).every((one) => patterns.includes(one));
    if (operator === 'ForAllValues:StringLike' && key === 'dynamodb:LeadingKeys')
      return (asked.keys ?? []).every((one) => patterns.some((pattern) => matches(pattern, one, tags)));
    if (operator === 'Null' && key === 'dynamodb:LeadingKeys')
      return patterns[0] === 'false' && asked.keys !== undefined;
    if (operator === 'StringLike' && key === 's3:prefix')
      return patterns.some((pattern) => asked.prefix !== undefined && matches(pattern, asked.prefix, tags));
    return assert.fail(`the condition ${operator} ${key} is not known here`);
  });
}

/** What comes after the ARN of the bucket. */
function objectsOf(resource: unknown): string {
  const parts = (resource as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  return String(parts.at(-1)).replace(/^\//, '');
}

/** A variable whose tag the session has not matches nothing. */
function matches(pattern: string, text: string, tags: Tags): boolean {
  let known = true;
  const filled = pattern.replaceAll(/\$\{aws:PrincipalTag\/([^}]*)\}/g, (_all, name: string) => {
    known &&= name in tags;
    return tags[name] ?? '';
  });
  const source = filled.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return known && new RegExp(`^${source}$`, 's').test(text);
}

/** What a request to S3 (by path) or DynamoDB, as a proxy saw it, needs. */
export function askedBy({ method, url, target, body }: Seen): Asked[] {
  if (target) return itemsOf(target.split('.').at(-1)!, JSON.parse(body.toString()));
  const { pathname, searchParams: query } = new URL(url, 'http://s3');
  const object = decodeURIComponent(pathname.split('/').slice(2).join('/'));
  if (object === '') {
    assert.deepEqual([method, query.get('list-type')], ['GET', '2'], url);
    return [{ action: 's3:ListBucket', prefix: query.get('prefix') ?? '' }];
  }
  const actions: Record<string, string> = { GET: 'GetObject', HEAD: 'GetObject', PUT: 'PutObject', POST: 'PutObject' };
  const action =
    method === 'DELETE' ? (query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject') : actions[method];
  assert.ok(action, `${method} ${url}`);
  return [{ action: `s3:${action}`, object }];
}

type Key = Readonly<Record<string, { readonly S: string }>>;

function itemsOf(operation: string, input: Record<string, unknown>): Asked[] {
  if (operation === 'TransactWriteItems') {
    const items = input.TransactItems as Record<string, Record<string, unknown>>[];
    const each = items.flatMap((item) => Object.entries(item).flatMap(([kind, one]) => itemsOf(`${kind}Item`, one)));
    // Whether IAM looks at the keys of each action or of all together, both must be allowed.
    const keys = each.flatMap((one) => one.keys ?? []);
    return [...each, ...each.map(({ action }) => ({ action, keys }))];
  }
  const action = `dynamodb:${operation}`;
  if (operation === 'DescribeTable') return [{ action }];
  if (operation === 'Query') return [{ action, keys: [(input.ExpressionAttributeValues as Key)[':pk']!.S] }];
  if (operation === 'BatchGetItem') {
    const tables = Object.values(input.RequestItems as Record<string, { readonly Keys: readonly Key[] }>);
    return [{ action, keys: tables.flatMap(({ Keys }) => Keys.map(({ pk }) => pk!.S)) }];
  }
  const key = (input.Key ?? input.Item) as Key | undefined;
  assert.ok(key?.pk, operation);
  return [{ action, keys: [key.pk.S] }];
}
