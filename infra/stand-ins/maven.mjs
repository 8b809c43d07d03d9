/** Java archives from Maven Central, and the Java that runs them. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { run, which } from '../setup/children.mjs';
import { fetchBy, NoStandIn } from './entry.mjs';
import { DEPENDENCY_PLUGIN } from './versions.mjs';

/** @typedef {import('../setup/context.mjs').Context} Context */

const OLDEST_JAVA = 17;

/** @param {Context} context @param {string} what that it runs @returns {Promise<string>} @throws NoStandIn */
export async function findJava({ env, signal }, what) {
  const java = which(env.JAVA_HOME ? path.join(env.JAVA_HOME, 'bin', 'java') : 'java', env);
  const remedy = `install Java ${OLDEST_JAVA} or newer (Debian: apt install openjdk-17-jre-headless)`;
  if (java === undefined) throw new NoStandIn(`Java is missing, which runs ${what}: ${remedy}`);
  const { output } = await run(java, ['-version'], { env, signal });
  const version = Number(/version "(?:1\.)?(\d+)/.exec(output)?.[1] ?? 0);
  if (version >= OLDEST_JAVA) return java;
  throw new NoStandIn(`${java} is Java ${version || 'of an unknown version'}, too old for ${what}: ${remedy}`);
}

/**
 * An artifact and all that it needs, into a folder. @throws NoStandIn
 * @param {Context} context @param {string} folder @param {string} what
 * @param {{ group: string, artifact: string, version: string }} wanted
 */
export async function fetchArchives(context, folder, what, wanted) {
  const maven = which('mvn', context.env);
  if (maven === undefined)
    throw new NoStandIn(`Maven is missing, which fetches ${what}: install it (Debian: apt install maven)`);
  await fs.mkdir(folder, { recursive: true });
  const project = `${folder}.pom.xml`;
  await fs.writeFile(project, projectOf(wanted));
  const goal = `org.apache.maven.plugins:maven-dependency-plugin:${DEPENDENCY_PLUGIN}:copy-dependencies`;
  await fetchBy(context, maven, ['-q', '-B', '-f', project, goal, `-DoutputDirectory=${folder}`]);
}

/** @param {{ group: string, artifact: string, version: string }} wanted */
const projectOf = ({ group, artifact, version }) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>anneal</groupId><artifactId>stand-ins</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
  </dependency></dependencies>
</project>
`;
