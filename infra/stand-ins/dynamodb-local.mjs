/** DynamoDB Local: Amazon's own, as Java archives from Maven. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { run, which } from '../setup/children.mjs';
import { entryOf, fetchBy, NoStandIn } from './entry.mjs';
import { DEPENDENCY_PLUGIN, DYNAMODB_LOCAL } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

const OLDEST_JAVA = 17;

/**
 * What starts it on a port of this machine, in memory, telling nobody.
 * @param {Context} context
 * @returns {Promise<(port: number) => { program: string, args: string[] }>}
 * @throws NoStandIn
 */
export async function dynamodbLocal(context) {
  const java = await findJava(context);
  const folder = await entryOf(context, `dynamodb-local-${DYNAMODB_LOCAL}`, (made) => fetchArchives(context, made));
  return (port) => ({
    program: java,
    args: [
      ...['-Xmx512m', `-Djava.library.path=${folder}`, '-cp', path.join(folder, '*')],
      'software.amazon.dynamodb.services.local.main.ServerRunner',
      ...['-inMemory', '-disableTelemetry', '-port', String(port)],
    ],
  });
}

/** @param {Context} context */
async function findJava({ env, signal }) {
  const java = which(env.JAVA_HOME ? path.join(env.JAVA_HOME, 'bin', 'java') : 'java', env);
  const remedy = `install Java ${OLDEST_JAVA} or newer (Debian: apt install openjdk-17-jre-headless)`;
  if (java === undefined) throw new NoStandIn(`Java is missing, which runs DynamoDB Local: ${remedy}`);
  const { output } = await run(java, ['-version'], { env, signal });
  const version = Number(/version "(?:1\.)?(\d+)/.exec(output)?.[1] ?? 0);
  if (version >= OLDEST_JAVA) return java;
  throw new NoStandIn(`${java} is Java ${version || 'of an unknown version'}, too old for DynamoDB Local: ${remedy}`);
}

/** @param {Context} context @param {string} folder */
async function fetchArchives(context, folder) {
  const maven = which('mvn', context.env);
  if (maven === undefined)
    throw new NoStandIn('Maven is missing, which fetches DynamoDB Local: install it (Debian: apt install maven)');
  await fs.mkdir(folder, { recursive: true });
  const project = `${folder}.pom.xml`;
  await fs.writeFile(project, pom);
  const goal = `org.apache.maven.plugins:maven-dependency-plugin:${DEPENDENCY_PLUGIN}:copy-dependencies`;
  await fetchBy(context, maven, ['-q', '-B', '-f', project, goal, `-DoutputDirectory=${folder}`]);
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>anneal</groupId><artifactId>stand-ins</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>${DYNAMODB_LOCAL}</version>
  </dependency></dependencies>
</project>
`;
