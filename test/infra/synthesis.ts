/** The CDK app as `cdk synth` writes it, where the CDK is installed. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildLambda } from '../../infra/build/main.mjs';

export const cdk = fileURLToPath(new URL('../../infra/cdk/', import.meta.url));
const installed = existsSync(join(cdk, 'node_modules/aws-cdk-lib/package.json'));
const required = process.env.ANNEAL_STAND_INS === 'required';
/** Why a test on it is left out; false where it need not be. */
export const skip = !installed && !required && 'the CDK is not installed: npm ci --prefix infra/cdk';

export const tenant = 'team-a';
export type StackName = 'AnnealStores' | 'AnnealApi' | 'AnnealWebhooks' | 'AnnealBatch';

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: unknown;
}

/** Folder of this process's synthesis. */
export const out = mkdtempSync(join(tmpdir(), 'anneal-cdk-'));
after(() => rmSync(out, { recursive: true, force: true }));

let synthesised: Promise<void> | undefined;
/** The resources of a stack of a tenant's app; the same process also applies the rules. */
export async function resources(stack: StackName = 'AnnealStores'): Promise<Resource[]> {
  synthesised ??= (async () => {
    await buildLambda();
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_PROFILE, AWS_REGION, ...env } = process.env;
    const program = join(cdk, 'node_modules/aws-cdk/bin/cdk');
    const args = [program, 'synth', '--quiet', '--context', `tenant=${tenant}`, '--output', out];
    await promisify(execFile)(process.execPath, args, { cwd: cdk, env: { ...env, PATH: '/usr/bin:/bin' } });
  })();
  await synthesised;
  const template = JSON.parse(readFileSync(join(out, `${stack}.template.json`), 'utf8'));
  return Object.values(template.Resources as Record<string, Resource>);
}

/** What stands at a path in a resource's properties, as `Rules.0.Id`; undefined where nothing does. */
export const at = ({ Properties }: Resource, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], Properties);

export const ofType = async (type: string, stack?: StackName) =>
  (await resources(stack)).filter(({ Type }) => Type === type);
