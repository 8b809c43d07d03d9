/** Runners on AWS Batch: machines, queues, job definition, the rights of a service and of runners, and the reconciler. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { JobCredentials } from './batch/job-credentials.ts';
import { Machines } from './batch/machines.ts';
import { Network } from './batch/network.ts';
import { Reconciler } from './batch/reconciler.ts';
import { Rights } from './batch/rights.ts';
import { Runner } from './batch/runner.ts';
import type { StoresStack } from './stores-stack.ts';

export interface BatchStackProps extends StackProps {
  readonly stores: StoresStack;
  readonly imageTag: string;
  readonly maxvCpus: number;
  /** Folder of the reconciler's bundle. */
  readonly reconciler: string;
}

export class BatchStack extends Stack {
  constructor(scope: Construct, id: string, { stores, imageTag, maxvCpus, reconciler, ...props }: BatchStackProps) {
    super(scope, id, props);
    const network = new Network(this, 'Network');
    const machines = new Machines(this, 'Machines', { network, maxvCpus });
    const runner = new Runner(this, 'Runner', { imageTag });
    const credentials = new JobCredentials(this, 'JobCredentials', stores);
    const { policy } = new Rights(this, 'Rights', { machines, runner });
    const options = [
      `onDemand=${machines.onDemand.jobQueueName}`,
      `definition=${runner.definition.jobDefinitionName}`,
      `logGroup=${runner.log.logGroupName}`,
      `credentials=${credentials.url}`,
      `region=${this.region}`,
    ].join('&');
    const launcher = `batch:${machines.spot.jobQueueName}?${options}`;
    new Reconciler(this, 'Reconciler', {
      bundle: reconciler,
      machines,
      table: stores.table,
      policies: [stores.access, policy],
      environment: {
        ANNEAL_STORE: stores.storeAddress,
        ANNEAL_ARTIFACTS: stores.artifactsAddress,
        ANNEAL_LAUNCHER: launcher,
      },
    });
    new CfnOutput(this, 'LauncherAddress', { value: launcher });
    new CfnOutput(this, 'LaunchPolicy', { value: policy.managedPolicyArn });
    new CfnOutput(this, 'ImageRepository', { value: runner.repository.repositoryUri });
  }
}
