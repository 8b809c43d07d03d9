/**
 * The reconciler as a function: called by Batch's changes of state, by jobs that come into the queue, and once a minute. What fails thrice
 * lies in a queue for a look.
 */
import { type CfnResource, Duration, Validations } from 'aws-cdk-lib';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type IManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunctionResource,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Machines } from './machines.ts';

/** Jobs come into the queue by events whose text begins so; long ones are compressed, and looked into by the function. */
const QUEUED = [
  { body: { S: FilterRule.beginsWith('{"type":"state","state":"queued"') } },
  { body: { B: FilterRule.exists() } },
];

export interface ReconcilerProps {
  /** Folder of the bundle; see infra/build/reconciler.mjs. */
  readonly bundle: string;
  readonly machines: Machines;
  /** Of the jobs; its stream tells of those that come into the queue. */
  readonly table: ITableV2;
  readonly policies: readonly IManagedPolicy[];
  readonly environment: Readonly<Record<string, string>>;
}

export class Reconciler extends Construct {
  constructor(scope: Construct, id: string, { bundle, machines, table, policies, environment }: ReconcilerProps) {
    super(scope, id);
    const failed = new Queue(this, 'Failed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(failed).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is the dead-letter queue itself.' });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [...policies],
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const handler = new LambdaFunctionResource(this, 'Function', {
      description: 'Brings the jobs of Anneal and their runners on AWS Batch together',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle),
      memorySize: 512,
      timeout: Duration.minutes(2),
      role,
      logGroup,
      deadLetterQueue: failed,
      retryAttempts: 2,
      environment,
    });
    // The CDK writes the dependency on the role twice.
    (handler.node.defaultChild as CfnResource).addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
    handler.addEventSource(
      new DynamoEventSource(table, {
        ...{ startingPosition: StartingPosition.LATEST, batchSize: 100, maxBatchingWindow: Duration.seconds(1) },
        // What is not launched then is launched by the timer.
        retryAttempts: 2,
        maxRecordAge: Duration.minutes(5),
        onFailure: new SqsDlq(failed),
        filters: QUEUED.map((NewImage) =>
          FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage } }),
        ),
      }),
    );
    const target = new LambdaFunction(handler);
    const jobQueue = [machines.spot.jobQueueArn, machines.onDemand.jobQueueArn];
    new Rule(this, 'Ended', {
      description: 'Runners of Anneal that have ended',
      eventPattern: {
        source: ['aws.batch'],
        detailType: ['Batch Job State Change'],
        detail: { jobQueue, status: ['SUCCEEDED', 'FAILED'] },
      },
      targets: [target],
    });
    new Rule(this, 'Timer', { schedule: Schedule.rate(Duration.minutes(1)), targets: [target] });
  }
}
