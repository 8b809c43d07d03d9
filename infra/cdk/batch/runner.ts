/** The runner as a job definition of Batch: image, sizes, log. It has no role: its rights come with the launch (job-credentials.ts). */
import { Duration, RemovalPolicy, Size, Validations } from 'aws-cdk-lib';
import { EcsEc2ContainerDefinition, EcsJobDefinition, EcsVolume, LinuxParameters } from 'aws-cdk-lib/aws-batch';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface RunnerProps {
  /** Tag of the image in the repository that this makes. */
  readonly imageTag: string;
}

/** Of g4dn.xlarge, the smallest: 4 vCPUs, one GPU and 16 GiB, of which the system and ECS need some. */
const VCPUS = 4;
export const MEMORY = Size.mebibytes(14_000);
/** Not root. */
export const RUNNER_USER = '10001';
/** A folder of each machine, which outlives a runner. */
export const SCRATCH = '/var/lib/anneal';
/** In it: which machine it is. */
export const MACHINE_FILE = 'machine.json';

export class Runner extends Construct {
  readonly definition: EcsJobDefinition;
  readonly repository: Repository;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, { imageTag }: RunnerProps) {
    super(scope, id);
    this.repository = new Repository(this, 'Repository', {
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      lifecycleRules: [{ maxImageCount: 20 }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.log = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS });
    const container = new EcsEc2ContainerDefinition(this, 'Container', {
      image: ContainerImage.fromEcrRepository(this.repository, imageTag),
      cpu: VCPUS,
      memory: MEMORY,
      gpu: 1,
      user: RUNNER_USER,
      readonlyRootFilesystem: true,
      // An init as first process: it hands SIGTERM on, and a signal that ends the runner is told by its exit code.
      linuxParameters: new LinuxParameters(this, 'Linux', {
        initProcessEnabled: true,
        sharedMemorySize: Size.gibibytes(1),
      }),
      // The one place that it can write to; data sets are kept there while the machine lives.
      volumes: [EcsVolume.host({ name: 'scratch', containerPath: '/scratch', hostPath: SCRATCH })],
      environment: {
        HOME: '/scratch',
        TMPDIR: '/scratch',
        ANNEAL_DATA: '/scratch/data',
        ANNEAL_MACHINE: `/scratch/${MACHINE_FILE}`,
      },
      logging: LogDriver.awsLogs({ logGroup: this.log, streamPrefix: 'runner' }),
    });
    Validations.of(container.executionRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ecr:GetAuthorizationToken knows no resources; the rest is bound to the repository and the log.',
    });
    this.definition = new EcsJobDefinition(this, 'Definition', {
      container,
      propagateTags: true,
      // The launcher says its own retry rules and time limit with each submission.
      timeout: Duration.days(1),
    });
  }
}
