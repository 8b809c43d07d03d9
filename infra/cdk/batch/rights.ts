/** What a service, and the reconciler, may do with Batch: submit runners of this definition to these queues, look, stop, read logs. */
import { Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Machines } from './machines.ts';
import type { Runner } from './runner.ts';

export class Rights extends Construct {
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { machines, runner }: { machines: Machines; runner: Runner }) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const jobs = `arn:${partition}:batch:${region}:${account}:job/*`;
    const queues = [machines.spot.jobQueueArn, machines.onDemand.jobQueueArn];
    this.policy = new ManagedPolicy(this, 'Policy', {
      description: 'Launching runners of Anneal on AWS Batch: what a service and the reconciler need',
      statements: [
        new PolicyStatement({
          sid: 'Launch',
          actions: ['batch:SubmitJob', 'batch:TagResource'],
          resources: [...queues, runner.definition.jobDefinitionArn],
        }),
        new PolicyStatement({ sid: 'Tag', actions: ['batch:TagResource'], resources: [jobs] }),
        new PolicyStatement({
          sid: 'Stop',
          actions: ['batch:TerminateJob'],
          resources: [jobs],
          // Only runners of Anneal: every one has this tag.
          conditions: { StringLike: { 'aws:ResourceTag/anneal:tenant': '?*' } },
        }),
        new PolicyStatement({
          sid: 'Look',
          actions: ['ListJobs', 'DescribeJobs', 'DescribeJobQueues', 'DescribeJobDefinitions'].map(
            (one) => `batch:${one}`,
          ),
          resources: ['*'],
        }),
        new PolicyStatement({
          sid: 'Logs',
          actions: ['logs:GetLogEvents'],
          // Ends with an asterisk: its streams.
          resources: [runner.log.logGroupArn],
        }),
      ],
    });
    const reasons: Record<string, string> = {
      'Resource::*': 'Batch knows no resources for listing and describing.',
      'Resource::arn:<AWS::Partition>:batch:<AWS::Region>:<AWS::AccountId>:job/*':
        'Ids of jobs are not known before; stopping is bound to those with the tag of Anneal.',
    };
    for (const [what, reason] of Object.entries(reasons))
      Validations.of(this.policy).acknowledge({ id: `AwsSolutions-IAM5[${what}]`, reason });
  }
}
