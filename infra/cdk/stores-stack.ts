/** The bucket of the artifacts and the table of the jobs, and a policy with the rights that a service needs. */
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { SHAPE } from '../../services/core/adapters/dynamodb-job-store/keys.ts';
import { TEMPORARY } from '../../services/core/artifact-key.ts';

export interface StoresStackProps extends StackProps {
  /** Owner of the jobs: part of every key, and the folder of the artifacts. Letters, digits, _ and -. */
  readonly tenant: string;
}

/** Rights on items, all of which begin with the tenant's name. */
export const ITEM_ACTIONS = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'];
const OBJECT_ACTIONS = ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'];

export class StoresStack extends Stack {
  readonly tenant: string;
  readonly bucket: Bucket;
  readonly table: TableV2;
  /** Rights on the tenant's jobs and artifacts. */
  readonly access: ManagedPolicy;
  /** What `--store` and `--artifacts` take. */
  readonly storeAddress: string;
  readonly artifactsAddress: string;

  constructor(scope: Construct, id: string, { tenant, ...props }: StoresStackProps) {
    super(scope, id, props);
    this.tenant = tenant;
    const bucket = this.#bucket(tenant);
    this.bucket = bucket;
    const table = new TableV2(this, 'Jobs', {
      partitionKey: { name: SHAPE.partition, type: AttributeType.STRING },
      sortKey: { name: SHAPE.sort, type: AttributeType.STRING },
      timeToLiveAttribute: SHAPE.ttl,
      // What webhooks are sent by.
      dynamoStream: StreamViewType.NEW_IMAGE,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = table;
    const policy = new ManagedPolicy(this, 'Access', {
      description: `Jobs and artifacts of the tenant ${tenant} of Anneal: what a service needs`,
      statements: [
        new PolicyStatement({
          sid: 'Items',
          actions: ITEM_ACTIONS.map((action) => `dynamodb:${action}`),
          resources: [table.tableArn],
          conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${tenant}#*`] } },
        }),
        // Of all tenants: a key names its tenant.
        new PolicyStatement({
          sid: 'Keys',
          actions: ['dynamodb:GetItem', 'dynamodb:Query'],
          resources: [table.tableArn],
          conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['#record#keys'] } },
        }),
        new PolicyStatement({ sid: 'Table', actions: ['dynamodb:DescribeTable'], resources: [table.tableArn] }),
        new PolicyStatement({
          sid: 'Objects',
          actions: OBJECT_ACTIONS.map((action) => `s3:${action}`),
          resources: [bucket.arnForObjects(`${tenant}/*`)],
        }),
        new PolicyStatement({
          sid: 'Bucket',
          actions: ['s3:ListBucket'],
          resources: [bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': [`${tenant}/*`] } },
        }),
      ],
    });
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${this.getLogicalId(bucket.node.defaultChild as never)}.Arn>/${tenant}/*]`,
      reason:
        'Keys of artifacts hold the ids of jobs, which are not known before; they are bound to the folder of the tenant.',
    });
    this.access = policy;
    this.storeAddress = `dynamodb:${table.tableName}?tenant=${tenant}&region=${this.region}`;
    this.artifactsAddress = `s3:${bucket.bucketName}/${tenant}?region=${this.region}`;
    new CfnOutput(this, 'StoreAddress', { value: this.storeAddress });
    new CfnOutput(this, 'ArtifactsAddress', { value: this.artifactsAddress });
    new CfnOutput(this, 'AccessPolicy', { value: policy.managedPolicyArn });
  }

  #bucket(tenant: string): Bucket {
    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const logs = new Bucket(this, 'AccessLogs', { ...common, lifecycleRules: [{ expiration: Duration.days(90) }] });
    Validations.of(logs).acknowledge({ id: 'AwsSolutions-S1', reason: 'It is where the access logs themselves go.' });
    return new Bucket(this, 'Artifacts', {
      ...common,
      serverAccessLogsBucket: logs,
      versioned: true,
      lifecycleRules: [
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: 'drafts', prefix: `${tenant}/${TEMPORARY}/`, expiration: Duration.days(1) },
        // Checkpoints that a job has replaced: removed, and kept for a while.
        { id: 'removed', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
      ],
    });
  }
}
