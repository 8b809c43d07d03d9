/** Webhooks: a function that follows the table's stream, a queue, a function that sends what lies in it, and a dead-letter queue. */
import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { RETRY_SECONDS } from '../../services/core/webhooks/deliver.ts';
import { leanFunction } from './lean-function.ts';
import type { StoresStack } from './stores-stack.ts';

export interface WebhooksStackProps extends StackProps {
  readonly stores: StoresStack;
}

/** Seconds that a function may take; a receiver gets 15. */
const TIMEOUT = 30;

/** Moves of jobs are events whose text begins so; long ones are compressed, and looked into by the function. */
const MOVES = [{ body: { S: FilterRule.beginsWith('{"type":"state"') } }, { body: { B: FilterRule.exists() } }];

export class WebhooksStack extends Stack {
  constructor(scope: Construct, id: string, { stores, ...props }: WebhooksStackProps) {
    super(scope, id, props);
    const { table } = stores;
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const dead = new Queue(this, 'Dead', { ...safe, retentionPeriod: Duration.days(14) });
    const queue = new Queue(this, 'Messages', {
      ...safe,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(6 * TIMEOUT),
      deadLetterQueue: { queue: dead, maxReceiveCount: RETRY_SECONDS.length + 1 },
    });
    const common = { memorySize: 512, timeout: Duration.seconds(TIMEOUT) };
    const environment = {
      ANNEAL_STORE: `dynamodb:${table.tableName}?tenant={tenant}&region=${this.region}`,
      ANNEAL_WEBHOOK_QUEUE: queue.queueUrl,
    };
    const dispatch = leanFunction(this, 'Dispatch', {
      ...common,
      bundle: 'webhook-dispatch',
      description: 'Finds out which webhooks are told of a move of a job',
      environment,
      statements: [
        new PolicyStatement({
          sid: 'Items',
          actions: ['dynamodb:GetItem', 'dynamodb:Query'],
          resources: [table.tableArn],
        }),
        new PolicyStatement({ sid: 'Queue', actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
      ],
    });
    dispatch.addEventSource(
      new DynamoEventSource(table, {
        ...{ startingPosition: StartingPosition.LATEST, batchSize: 100, retryAttempts: 20, bisectBatchOnError: true },
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(dead),
        filters: MOVES.map((NewImage) =>
          FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage } }),
        ),
      }),
    );
    const send = leanFunction(this, 'Send', {
      ...common,
      bundle: 'webhook-send',
      description: 'Sends messages to webhooks',
      environment,
      statements: [
        new PolicyStatement({
          sid: 'Items',
          actions: ['GetItem', 'PutItem', 'DeleteItem'].map((action) => `dynamodb:${action}`),
          resources: [table.tableArn],
        }),
      ],
    });
    send.addEventSource(new SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 20 }));
    Validations.of(dead).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is the dead-letter queue itself.' });
    dead.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }).createAlarm(this, 'DeadLetters', {
      ...{ threshold: 1, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING },
      alarmDescription: 'Webhooks were given up, or moves of jobs could not be looked at',
    });
  }
}
