/**
 * Where the machines are: public subnets without any way in. They fetch the image and reach AWS straight, with no NAT gateway, which
 * would cost more than all else of an idle deployment; S3 is reached by a gateway of its own, which costs nothing.
 */
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export class Network extends Construct {
  readonly vpc: Vpc;
  /** Lets nobody in. */
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.60.0.0/16'),
      maxAzs: 3,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'machines', subnetType: SubnetType.PUBLIC, cidrMask: 20, mapPublicIpOnLaunch: true },
      ],
      gatewayEndpoints: {
        S3: { service: GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: GatewayVpcEndpointAwsService.DYNAMODB },
      },
      flowLogs: {
        all: {
          destination: FlowLogDestination.toCloudWatchLogs(
            new LogGroup(this, 'FlowLog', { retention: RetentionDays.ONE_MONTH }),
          ),
        },
      },
    });
    this.securityGroup = new SecurityGroup(this, 'Machines', {
      vpc: this.vpc,
      description: 'Machines of the runners of Anneal: nobody comes in, all may go out',
    });
  }
}
