/** Starts a peer and talks to it: JSON lines, one request at a time. See README.md. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { installPeer } from './install.mjs';

/** A peer gives up on building a mode after 120 s where it can; native compilers cannot be interrupted. */
const ANSWER_LIMIT_SECONDS = 240;

/**
 * @param {string} name one of `peerNames`
 * @param {(line: string) => void} [log] is told of an installation
 * @returns {Promise<import('./peer.mjs').Peer>}
 * @throws {Error} whose message is the reason why the peer is not available here
 */
export async function startPeer(name, log) {
  const { command, args } = await installPeer(name, log);
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    lastWords = (lastWords + text).slice(-2000);
  });
  /** @type {{ resolve: (answer: any) => void, reject: (error: Error) => void } | undefined} */
  let waiting;
  /** @type {string | undefined} */
  let ended;
  const end = (/** @type {string} */ reason) => {
    ended ??= reason;
    waiting?.reject(new Error(ended));
    waiting = undefined;
  };
  const closed = new Promise((resolve) => {
    child.on('error', (error) => {
      end(`${name} could not be started: ${error.message}`);
      resolve(undefined);
    });
    child.on('close', (code, signal) => {
      end(`${name} ended with ${signal ?? code}: ${lastWords.trim()}`);
      resolve(undefined);
    });
  });
  child.stdin.on('error', () => {}); // A broken pipe shows as 'close' above.
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting?.resolve(JSON.parse(line));
    waiting = undefined;
  });

  /** @param {object} request @param {number} limitSeconds @returns {Promise<any>} */
  const ask = async (request, limitSeconds) => {
    if (ended) throw new Error(ended);
    let timer;
    const answer = await new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      timer = setTimeout(() => {
        end(`${name} was stopped: no answer to ${JSON.stringify(request)} within ${limitSeconds} s`);
        child.kill('SIGKILL');
      }, limitSeconds * 1000);
      child.stdin.write(`${JSON.stringify(request)}\n`);
    }).finally(() => clearTimeout(timer));
    if (answer.error) throw new Error(answer.error);
    return answer;
  };

  // Requests queue up behind each other.
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  const queued = (/** @type {object} */ request, limitSeconds = ANSWER_LIMIT_SECONDS) => {
    const answer = last.then(() => ask(request, limitSeconds));
    last = answer.catch(() => {});
    return answer;
  };

  return {
    name,
    list: () => queued({ list: true }),
    measure: ({ work, mode, seconds }) => queued({ work, mode, seconds }, ANSWER_LIMIT_SECONDS + seconds),
    close: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await closed;
      clearTimeout(timer);
    },
  };
}
