/**
 * One execution environment of a function: the runtime's process, and the Runtime API that it asks for its work (Lambda developer guide,
 * "Using the Lambda runtime API"). Between two invocations the process is stopped, as Lambda freezes it: what a handler leaves to run
 * afterwards does not.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { spawnBound } from '../spawn.mjs';

const PATH = '/2018-06-01/runtime/';

/**
 * @typedef {object} Invocation
 * @property {string} id
 * @property {unknown} event
 * @property {number} deadline milliseconds since 1970
 * @property {(response: import('node:http').IncomingMessage) => void} answered gets the body as it comes, once
 * @property {(why: Error) => void} failed
 */

/**
 * @param {{ command: { program: string, args: string[] }, folder: string, env: NodeJS.ProcessEnv, memory: number,
 *   timeout: number, onGone: () => void }} options `timeout` in milliseconds
 */
export async function startInstance({ command, folder, env, memory, timeout, onGone }) {
  /** @type {Invocation | undefined} */
  let current;
  /** @type {import('node:http').ServerResponse | undefined} */
  let waiting;
  /** @type {() => void} */
  let becameIdle = () => undefined;
  const said = { text: '' };
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let gone = false;

  const server = createServer((request, response) => {
    const [kind, id, what] = (request.url ?? '').slice(PATH.length).split('/');
    if (kind === 'invocation' && id === 'next') {
      waiting = response;
      clearTimeout(timer);
      freeze();
      becameIdle();
      return;
    }
    const invocation = current;
    if (kind === 'invocation' && what === 'response' && invocation && id === invocation.id) {
      invocation.answered(request);
      request.on('end', () => response.writeHead(202).end('{"status":"OK"}'));
      return;
    }
    let text = '';
    request.setEncoding('utf8').on('data', (piece) => (text += piece));
    request.on('end', () => {
      response.writeHead(202).end('{"status":"OK"}');
      invocation?.failed(new Error(`the function failed: ${text}`));
      said.text += text;
    });
  });
  // What is frozen for long keeps its connection.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const variables = {
    ...env,
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_LAMBDA_FUNCTION_NAME: 'anneal',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/anneal',
    AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
    LAMBDA_TASK_ROOT: folder,
  };
  const child = spawnBound(command, variables, folder);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said.text = (said.text + text).slice(-20_000);
    });
  child.once('error', (error) => ended(String(error))).once('exit', () => ended());

  function ended(why = '') {
    if (gone) return;
    gone = true;
    said.text += why;
    clearTimeout(timer);
    current?.failed(new Error(`the function's process has ended: ${said.text.slice(-2000)}`));
    becameIdle();
    server.closeAllConnections();
    server.close();
    onGone();
  }

  function freeze() {
    child.kill('SIGSTOP');
  }

  const kill = () => {
    if (!gone) child.kill('SIGKILL');
  };

  return {
    /** What the function wrote on its outputs, the last of it. */
    said: () => said.text,
    /** Done when the runtime has asked for its next work, or is gone. */
    idle: () =>
      waiting || gone
        ? Promise.resolve()
        : new Promise((resolve) => {
            becameIdle = () => resolve(undefined);
          }),

    /**
     * The body of the answer as it comes: buffered JSON, or a stream with its prelude. After the timeout the process is killed.
     * @param {unknown} event
     * @returns {Promise<import('node:http').IncomingMessage>}
     */
    invoke: (event) =>
      new Promise((answered, failed) => {
        const response = waiting;
        if (!response) return failed(new Error(`the function did not start: ${said.text.slice(-2000)}`));
        waiting = undefined;
        const id = randomUUID();
        const deadline = Date.now() + timeout;
        current = { id, event, deadline, answered, failed };
        timer = setTimeout(kill, timeout);
        child.kill('SIGCONT');
        response.writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': id,
          'lambda-runtime-deadline-ms': String(deadline),
          'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:anneal',
          'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
        });
        response.end(JSON.stringify(event));
      }),
    kill,
  };
}
