/**
 * Rights of one job: a role whose rights end at its session's tags, and the function that gives runners sessions of it. A runner asks with
 * the token of its launch; the function alone may assume the role, and says which job the session is for.
 */
import { Duration, Validations } from 'aws-cdk-lib';
import { ArnPrincipal, Policy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { TAGS } from '../../../services/core/adapters/batch-launcher/credentials/tags.ts';
import { exportName } from '../api-stack.ts';
import { leanFunction } from '../lean-function.ts';
import type { StoresStack } from '../stores-stack.ts';

/** Stand for the values of the session's tags. */
const TENANT = `\${aws:PrincipalTag/${TAGS.tenant}}`;
const JOB = `\${aws:PrincipalTag/${TAGS.job}}`;

export class JobCredentials extends Construct {
  /** Where runners ask. */
  readonly url: string;

  constructor(scope: Construct, id: string, stores: StoresStack) {
    super(scope, id);
    const { table, tenant } = stores;
    const made = leanFunction(this, 'Function', {
      bundle: 'job-credentials',
      description: 'Gives the runners of Anneal credentials for their own jobs',
      memorySize: 512,
      timeout: Duration.seconds(15),
      environment: { ANNEAL_STORE: stores.storeAddress },
      statements: [
        new PolicyStatement({
          sid: 'Items',
          actions: ['dynamodb:GetItem', 'dynamodb:Query'],
          resources: [table.tableArn],
          conditions: keysOf(`${tenant}#record#launches`, `${tenant}#job#*`),
        }),
      ],
    });
    const role = this.#jobRole(stores, made.role!.roleArn);
    made.addEnvironment('ANNEAL_JOB_ROLE', role.roleArn);
    made.addToRolePolicy(
      new PolicyStatement({ sid: 'Session', actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [role.roleArn] }),
    );
    // The token is what opens it; a signature would need rights of AWS, of which a runner has none before.
    this.url = made.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.BUFFERED }).url;
  }

  #jobRole(stores: StoresStack, functionRole: string): Role {
    const { bucket, table, tenant } = stores;
    const role = new Role(this, 'JobRole', {
      assumedBy: new ArnPrincipal(functionRole)
        .withConditions({
          StringEquals: { [`aws:RequestTag/${TAGS.tenant}`]: tenant },
          StringLike: { [`aws:RequestTag/${TAGS.job}`]: 'job_*' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': Object.values(TAGS) },
        })
        .withSessionTags(),
      description: 'A runner of Anneal: reads what is of its tenant, writes what is of its job',
      maxSessionDuration: Duration.hours(1),
    });
    const read = `${TENANT}/*`;
    const write = `${TENANT}/jobs/${JOB}/*`;
    const policy = new Policy(this, 'JobPolicy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: 'ReadItems',
          actions: ['dynamodb:GetItem', 'dynamodb:Query'],
          resources: [table.tableArn],
          // Other jobs' too: those whose weights it starts from, evaluates or averages.
          conditions: keysOf(`${TENANT}#job#*`, `${TENANT}#events#*`, `${TENANT}#record#calibrations`),
        }),
        new PolicyStatement({
          sid: 'WriteItems',
          actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
          resources: [table.tableArn],
          // In one statement: a move writes to three of them in one transaction.
          conditions: keysOf(
            ...[`${TENANT}#job#${JOB}`, `${TENANT}#events#${JOB}#*`],
            ...[`${TENANT}#state#*`, `${TENANT}#record#calibrations`],
          ),
        }),
        new PolicyStatement({ sid: 'Table', actions: ['dynamodb:DescribeTable'], resources: [table.tableArn] }),
        new PolicyStatement({ sid: 'ReadObjects', actions: ['s3:GetObject'], resources: [bucket.arnForObjects(read)] }),
        new PolicyStatement({
          sid: 'WriteObjects',
          actions: ['PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'].map(
            (one) => `s3:${one}`,
          ),
          resources: [bucket.arnForObjects(write)],
        }),
        new PolicyStatement({
          sid: 'List',
          actions: ['s3:ListBucket'],
          resources: [bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': [read] } },
        }),
      ],
    });
    const objects = exportName(stores, bucket.bucketArn);
    const reasons = {
      [read]: 'A job reads data sets and what other jobs of its tenant have made, whose ids are not known before.',
      [write]: 'The names of artifacts are not known before; they are bound to the folder of the job.',
    };
    for (const [what, reason] of Object.entries(reasons)) {
      const shown = what.replaceAll('${', '<').replaceAll('}', '>');
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${objects}/${shown}]`, reason });
    }
    return role;
  }
}

/** Items whose partition keys are like these, and requests that name no key are none of them. */
const keysOf = (...keys: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
