/** A function out of a bundle that `npm run build:lambda` made: with a role and a log of its own, and no rights but those it is given. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal, PolicyStatement as Statement } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface LeanFunctionProps {
  /** Folder in `dist/lambda/`. */
  readonly bundle: string;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** Findings of cdk-nag on its rights, each with the reason why it stays. */
  readonly acknowledge?: Readonly<Record<string, string>>;
}

export function leanFunction(scope: Construct, id: string, props: LeanFunctionProps): LambdaFunction {
  const folder = fileURLToPath(new URL(`../../dist/lambda/${props.bundle}`, import.meta.url));
  if (!existsSync(`${folder}/index.mjs`)) throw new Error(`${folder} is missing: run npm run build:lambda first`);
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new Statement({
      sid: 'Log',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  for (const statement of props.statements) role.addToPolicy(statement);
  for (const [finding, reason] of Object.entries(props.acknowledge ?? {})) {
    Validations.of(role).acknowledge({ id: finding, reason });
  }
  const made = new LambdaFunction(scope, id, {
    ...{ description: props.description, memorySize: props.memorySize, timeout: props.timeout, logGroup, role },
    environment: props.environment,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(folder, { exclude: ['build.json'] }),
  });
  // CDK makes a function depend on its role twice.
  (made.node.defaultChild as CfnFunction).addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
  return made;
}
