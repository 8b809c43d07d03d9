/** DynamoDB Local: Amazon's own, as Java archives from Maven. */
import path from 'node:path';
import { entryOf } from './entry.mjs';
import { fetchArchives, findJava } from './maven.mjs';
import { DYNAMODB_LOCAL } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

const ARTIFACT = { group: 'software.amazon.dynamodb', artifact: 'DynamoDBLocal' };

/**
 * What starts it on a port of this machine, in memory, telling nobody.
 * @param {Context} context
 * @returns {Promise<(port: number) => { program: string, args: string[] }>}
 * @throws NoStandIn
 */
export async function dynamodbLocal(context) {
  const java = await findJava(context, 'DynamoDB Local');
  const folder = await entryOf(context, `dynamodb-local-${DYNAMODB_LOCAL}`, (made) =>
    fetchArchives(context, made, 'DynamoDB Local', { ...ARTIFACT, version: DYNAMODB_LOCAL }),
  );
  return (port) => ({
    program: java,
    args: [
      ...['-Xmx512m', `-Djava.library.path=${folder}`, '-cp', path.join(folder, '*')],
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      ...['-inMemory', '-disableTelemetry', '-port', String(port)],
    ],
  });
}
