/**
 * A stand-in for AWS Batch and CloudWatch Logs. Every SubmitJob goes to moto first, whose word on its shape, queue and definition counts;
 * what moto takes is run by the executor, which answers DescribeJobs, ListJobs and TerminateJob. All else is moto's.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StandIn, StandInOptions } from '../../../infra/stand-ins/index.mjs';
import { startMoto } from '../../../infra/stand-ins/index.mjs';
import { refusalOf } from './check.ts';
import type { Image } from './container.ts';
import { createExecutor, type Executor } from './executor.ts';
import { detailOf, type StandInJob, type Submission, summaryOf } from './job.ts';
import { ON_DEMAND, prepare, SPOT } from './prepare.ts';

export { DEFINITION, ON_DEMAND, SPOT } from './prepare.ts';

export interface BatchStandIn extends StandIn {
  readonly executor: Executor;
  /** All requests to Batch so far: operation and body, for a look by botocore's model. */
  readonly requests: { readonly operation: string; readonly body: string }[];
  /** moto's own address, for what is not Batch's. */
  readonly moto: string;
  readonly botocore: { readonly python: string; readonly packages: string };
}

export interface BatchStandInOptions extends StandInOptions {
  readonly image: Image;
  readonly stopMilliseconds?: number;
  readonly secondMilliseconds?: number;
  /** Batch's are 50. */
  readonly submitsPerSecond?: number;
}

const PAGE = 100;

/** With the queues SPOT and ON_DEMAND and the job definition DEFINITION. @throws NoStandIn */
export async function startBatch({
  image,
  stopMilliseconds = 2000,
  secondMilliseconds = 1000,
  submitsPerSecond = 50,
  ...options
}: BatchStandInOptions): Promise<BatchStandIn> {
  const moto = await startMoto(options);
  const { writeLog } = await prepare(moto.url, moto.credentials);
  const executor = createExecutor({ image, writeLog, stopMilliseconds, secondMilliseconds });
  const requests: { operation: string; body: string }[] = [];
  const submits: number[] = [];

  async function answer(operation: string, body: string, incoming: IncomingMessage): Promise<Answer> {
    requests.push({ operation, body });
    const input = JSON.parse(body || '{}');
    if (operation === 'submitjob') return submit(body, input, incoming);
    if (operation === 'describejobs') {
      const found = (input.jobs as string[]).flatMap((id) => executor.get(id) ?? []);
      return { status: 200, body: { jobs: found.map(detailOf) } };
    }
    if (operation === 'listjobs') return list(input);
    if (operation === 'terminatejob') {
      if (!input.jobId || !input.reason) return refused('jobId and reason are required');
      executor.terminate(input.jobId, input.reason);
      return { status: 200, body: {} };
    }
    return pass(moto.url, incoming, body);
  }

  async function submit(body: string, submission: Submission, incoming: IncomingMessage): Promise<Answer> {
    const now = performance.now();
    while (submits[0] !== undefined && submits[0] <= now - 1000) submits.shift();
    if (submits.length >= submitsPerSecond) {
      return { status: 429, type: 'TooManyRequestsException', body: { message: 'Too Many Requests' } };
    }
    submits.push(now);
    const refusal = refusalOf(body, submission);
    if (refusal) return refused(refusal);
    const taken = await pass(moto.url, incoming, body);
    const { jobId, jobArn } = taken.body as { jobId: string; jobArn: string };
    if (taken.status === 200) executor.submit(jobId, jobArn, submission);
    return taken;
  }

  function list({ jobQueue, jobStatus = 'RUNNING', filters, nextToken = '0' }: ListInput): Answer {
    if (jobQueue !== SPOT && jobQueue !== ON_DEMAND) return refused(`Job queue ${jobQueue} does not exist`);
    if (filters && filters.length !== 1) return refused('only one filter can be used at a time');
    const fits = filters ? byName(filters[0]!) : ({ status }: StandInJob) => status === jobStatus;
    const all = executor.list(jobQueue).filter(fits);
    const [from, to] = [Number(nextToken), Number(nextToken) + PAGE];
    const jobSummaryList = all.slice(from, to).map(summaryOf);
    return { status: 200, body: { jobSummaryList, ...(to < all.length && { nextToken: String(to) }) } };
  }

  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, answer, moto.url).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: moto.credentials,
    executor,
    requests,
    moto: moto.url,
    botocore: moto,
    async stop() {
      await executor.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await moto.stop();
    },
  };
}

interface ListInput {
  readonly jobQueue: string;
  readonly jobStatus?: string;
  readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly nextToken?: string;
}

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body: unknown;
}

const refused = (message: string): Answer => ({ status: 400, type: 'ClientException', body: { message } });

/** Case does not count; an asterisk at the end stands for anything. */
function byName({ name, values }: { name: string; values: readonly string[] }): (job: StandInJob) => boolean {
  if (name !== 'JOB_NAME') throw new Error(`the stand-in knows no filter ${name}`);
  const wanted = values.map((value) => value.toLowerCase());
  return ({ submission }) => {
    const given = submission.jobName.toLowerCase();
    return wanted.some((value) => (value.endsWith('*') ? given.startsWith(value.slice(0, -1)) : given === value));
  };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (operation: string, body: string, incoming: IncomingMessage) => Promise<Answer>,
  moto: string,
): Promise<void> {
  const body = await text(incoming);
  const operation = /^\/v1\/([a-z]+)$/.exec(incoming.url ?? '')?.[1];
  const {
    status,
    type,
    body: value,
  } = operation ? await answer(operation, body, incoming) : await pass(moto, incoming, body);
  outgoing.writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) });
  outgoing.end(JSON.stringify(value));
}

/** Sends a request on to moto, and gives back what it says. */
async function pass(moto: string, incoming: IncomingMessage, body: string): Promise<Answer> {
  const sent = request(`${moto}${incoming.url}`, { method: incoming.method, headers: incoming.headers });
  sent.end(body);
  const [received] = (await once(sent, 'response')) as [IncomingMessage];
  const said = await text(received);
  const type = received.headers['x-amzn-errortype'];
  return { status: received.statusCode ?? 502, ...(type && { type: String(type) }), body: JSON.parse(said || '{}') };
}
