/** ElasticMQ: SQS in memory, with visibility timeouts and dead-letter queues; from Maven Central. */
import path from 'node:path';
import { entryOf } from './entry.mjs';
import { fetchArchives, findJava } from './maven.mjs';
import { ELASTICMQ } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

const ARTIFACT = { group: 'org.elasticmq', artifact: 'elasticmq-server_2.13' };

/**
 * What starts it on a port of this machine.
 * @param {Context} context
 * @returns {Promise<(port: number) => { program: string, args: string[] }>}
 * @throws NoStandIn
 */
export async function elasticmq(context) {
  const java = await findJava(context, 'ElasticMQ');
  const folder = await entryOf(context, `elasticmq-${ELASTICMQ}`, (made) =>
    fetchArchives(context, made, 'ElasticMQ', { ...ARTIFACT, version: ELASTICMQ }),
  );
  return (port) => {
    const settings = {
      'node-address.host': '127.0.0.1',
      'node-address.port': port,
      'rest-sqs.bind-hostname': '127.0.0.1',
      'rest-sqs.bind-port': port,
      'rest-stats.enabled': false,
    };
    const flags = Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
    return { program: java, args: ['-Xmx256m', ...flags, '-cp', path.join(folder, '*'), 'org.elasticmq.server.Main'] };
  };
}
