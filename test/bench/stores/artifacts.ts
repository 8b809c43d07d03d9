/** Artifacts in and out, beside plain requests of the AWS SDK through the same gateway. */
import type { ArtifactStore } from '@anneal/core';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

const ROUNDS = 5;
const CHUNK = 256 * 1024;

export async function artifactRows(
  client: S3Client,
  stores: Record<string, ArtifactStore>,
  bytes: Buffer,
): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, store] of Object.entries(stores)) {
    const whole = await rate(bytes, (i) => store.putIfAbsent(`whole/${i}`, bytes, 'text/plain'));
    const streamed = await rate(bytes, (i) => store.putIfAbsent(`stream/${i}`, streamOf(bytes), 'text/plain'));
    const out = await rate(bytes, async (i) => drain((await store.get(`whole/${i}`)).body));
    rows.push(`| ${name} | ${whole} | ${streamed} | ${out} |`);
  }
  const put = await rate(bytes, (i) =>
    client.send(new PutObjectCommand({ Bucket: 'bench', Key: `plain/${i}`, Body: bytes })),
  );
  const get = await rate(bytes, async (i) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bench', Key: `plain/${i}` }));
    await drain(Body as AsyncIterable<Uint8Array>);
  });
  return [...rows, `| PutObject and GetObject, the same gateway | ${put} | | ${get} |`];
}

/** Megabytes a second, the median of some rounds. */
async function rate(bytes: Buffer, act: (round: number) => Promise<unknown>): Promise<string> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await act(round);
    rates.push(bytes.length / 1000 / (performance.now() - start));
  }
  return rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!.toFixed(0);
}

async function* streamOf(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _chunk of body);
}
