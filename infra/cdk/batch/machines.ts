/** The machines: spot and on-demand GPU instances of the families G and P, none while no job waits, and the queues before them. */
import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllocationStrategy,
  EcsMachineImageType,
  JobQueue,
  JobStateTimeLimitActionsReason,
  ManagedEc2EcsComputeEnvironment,
} from 'aws-cdk-lib/aws-batch';
import {
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  InstanceClass,
  LaunchTemplate,
  LaunchTemplateHttpTokens,
  MultipartBody,
  MultipartUserData,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Network } from './network.ts';
import { MACHINE_FILE, RUNNER_USER, SCRATCH } from './runner.ts';

export interface MachinesProps {
  readonly network: Network;
  /** At once, of each kind. 64 leaves out the machines with eight GPUs, which have 96 and more. */
  readonly maxvCpus: number;
}

/** Families that the image for NVIDIA's GPUs on Amazon Linux 2023 supports: not P3 and G3. */
const FAMILIES = [InstanceClass.G4DN, InstanceClass.G5, InstanceClass.G6, InstanceClass.P4D, InstanceClass.P5];
const ROOT_GIB = 100;

/** Writes which machine this is, for forecasts and budgets. Asked by the host: answers to a container may end one hop short. */
const tellMachine = (file: string): string[] => [
  'IMDS=http://169.254.169.254/latest',
  "TOKEN=$(curl -sfX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $IMDS/api/token)",
  'fact() { curl -sf -H "X-aws-ec2-metadata-token: $TOKEN" $IMDS/meta-data/$1; }',
  `echo "{\\"instanceType\\": \\"$(fact instance-type)\\", \\"market\\": \\"$(fact instance-life-cycle)\\"}" > ${file}`,
  `chmod 644 ${file}`,
];

export class Machines extends Construct {
  readonly spot: JobQueue;
  readonly onDemand: JobQueue;

  constructor(scope: Construct, id: string, { network, maxvCpus }: MachinesProps) {
    super(scope, id);
    const common = {
      vpc: network.vpc,
      securityGroups: [network.securityGroup],
      instanceClasses: FAMILIES,
      useOptimalInstanceClasses: false,
      // Said and not left to Batch, whose own choice changes with time.
      images: [{ imageType: EcsMachineImageType.ECS_AL2023_NVIDIA }],
      instanceRole: this.#instanceRole(),
      launchTemplate: this.#launchTemplate(),
      minvCpus: 0,
      maxvCpus,
      updateToLatestImageVersion: true,
      // An update waits for the jobs under way.
      terminateOnUpdate: false,
      updateTimeout: Duration.hours(4),
    };
    const spot = new ManagedEc2EcsComputeEnvironment(this, 'Spot', {
      ...common,
      spot: true,
      allocationStrategy: AllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED,
    });
    const onDemand = new ManagedEc2EcsComputeEnvironment(this, 'OnDemand', {
      ...common,
      allocationStrategy: AllocationStrategy.BEST_FIT_PROGRESSIVE,
    });
    const misconfigured = [
      JobStateTimeLimitActionsReason.JOB_RESOURCE_REQUIREMENT,
      JobStateTimeLimitActionsReason.COMPUTE_ENVIRONMENT_MAX_RESOURCE,
    ].map((reason) => ({ reason, maxTime: Duration.minutes(10) }));
    const capacity = {
      reason: JobStateTimeLimitActionsReason.INSUFFICIENT_INSTANCE_CAPACITY,
      // Then the launcher tries on-demand machines.
      maxTime: Duration.minutes(30),
    };
    this.spot = new JobQueue(this, 'SpotQueue', {
      computeEnvironments: [{ computeEnvironment: spot, order: 1 }],
      jobStateTimeLimitActions: [...misconfigured, capacity],
    });
    this.onDemand = new JobQueue(this, 'OnDemandQueue', {
      computeEnvironments: [{ computeEnvironment: onDemand, order: 1 }],
      jobStateTimeLimitActions: misconfigured,
    });
  }

  #instanceRole(): Role {
    const role = new Role(this, 'InstanceRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEC2ContainerServiceforEC2Role')],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role]',
      reason: "It is what the agent of ECS asks for on a machine; the runner's rights are in a role of its own.",
    });
    return role;
  }

  /** The runner's folder is its own. A spot notice reaches it as SIGTERM, two minutes before the machine goes: draining is off unless asked for. */
  #launchTemplate(): LaunchTemplate {
    const script = UserData.forLinux();
    script.addCommands('echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config');
    script.addCommands(`install -d -m 700 -o ${RUNNER_USER} -g ${RUNNER_USER} ${SCRATCH}`);
    script.addCommands(...tellMachine(`${SCRATCH}/${MACHINE_FILE}`));
    const userData = new MultipartUserData();
    userData.addPart(MultipartBody.fromUserData(script));
    return new LaunchTemplate(this, 'Template', {
      userData,
      httpTokens: LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: BlockDeviceVolume.ebs(ROOT_GIB, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 }),
        },
      ],
    });
  }
}
