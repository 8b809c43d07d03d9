/** The API on Lambda: a function with a URL whose answers stream, with its rights, its log and its alarms. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { MEMORY } from './batch/runner.ts';
import { leanFunction } from './lean-function.ts';
import { ITEM_ACTIONS, type StoresStack } from './stores-stack.ts';

export interface ApiStackProps extends StackProps {
  readonly stores: StoresStack;
}

/** Seconds; a stream of events is closed a little before, and the client goes on with another. */
const TIMEOUT = 300;
const STREAM = TIMEOUT - 20;
/** What one tenant may ask for. */
const REQUESTS_PER_MINUTE = 1200;
const OPEN_JOBS = 1000;
/** Bytes of a runner's memory: specs that need more are refused. */
const RUNNER_MEMORY = MEMORY.toMebibytes() * 2 ** 20;

/** Objects of the data sets of all tenants. */
const DATASETS = '*/datasets/*';

/** The name that another stack imports a value of this one by. */
export const exportName = (stack: Stack, value: string): string =>
  stack.resolve(stack.exportValue(value))['Fn::ImportValue'];

export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, { stores, ...props }: ApiStackProps) {
    super(scope, id, props);
    const { table, bucket } = stores;
    const api = leanFunction(this, 'Api', {
      bundle: 'api',
      description: 'The HTTP API of Anneal',
      memorySize: 1024,
      timeout: Duration.seconds(TIMEOUT),
      environment: {
        ANNEAL_STORE: `dynamodb:${table.tableName}?tenant={tenant}&region=${this.region}`,
        ANNEAL_ARTIFACTS: `s3:${bucket.bucketName}/{tenant}?region=${this.region}`,
        ANNEAL_MEMORY_BYTES: String(RUNNER_MEMORY),
        ANNEAL_STREAM_SECONDS: String(STREAM),
        ANNEAL_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
        ANNEAL_OPEN_JOBS: String(OPEN_JOBS),
      },
      statements: [
        new PolicyStatement({
          sid: 'Items',
          actions: ITEM_ACTIONS.map((action) => `dynamodb:${action}`),
          resources: [table.tableArn],
        }),
        new PolicyStatement({ sid: 'Objects', actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }),
        // What it signs for those who upload data sets, it must be allowed itself; also it removes them.
        new PolicyStatement({
          sid: 'Datasets',
          actions: ['s3:PutObject', 's3:DeleteObject'],
          resources: [bucket.arnForObjects(DATASETS)],
        }),
        // Without it an artifact that is not there would be one that is forbidden.
        new PolicyStatement({ sid: 'Bucket', actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      ],
      acknowledge: {
        [`AwsSolutions-IAM5[Resource::${exportName(stores, bucket.bucketArn)}/*]`]:
          'It serves the artifacts of all tenants, each in a folder of its name; the API gives nobody those of another.',
        [`AwsSolutions-IAM5[Resource::${exportName(stores, bucket.bucketArn)}/${DATASETS}]`]:
          'Data sets are in the folder of that name in the folder of each tenant, under ids that are not known before.',
      },
    });
    const url = api.addFunctionUrl({ authType: FunctionUrlAuthType.NONE, invokeMode: InvokeMode.RESPONSE_STREAM });
    api.metricErrors({ period: Duration.minutes(5) }).createAlarm(this, 'ApiErrors', {
      ...{ threshold: 1, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING },
      alarmDescription: 'The API failed before it could answer, or ran into its timeout',
    });
    api.metricThrottles({ period: Duration.minutes(5) }).createAlarm(this, 'ApiThrottles', {
      ...{ threshold: 1, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING },
      alarmDescription: 'Lambda refused requests to the API: more came at once than the account allows',
    });
    new CfnOutput(this, 'ApiUrl', { value: url.url });
  }
}
