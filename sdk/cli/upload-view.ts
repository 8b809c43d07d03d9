/** What is shown of an upload on standard error: a live bar on a terminal, a line now and then elsewhere. */
import type { UploadProgress } from '../index.ts';
import type { ViewOutput } from './progress-view.ts';
import { bytes, paint } from './style.ts';

/** Without a terminal, progress is told at most this often; on one, no more often than can be seen. */
const SECONDS = { plain: 10, live: 0.1 };
const BAR_WIDTH = 24;

export class UploadView {
  readonly #output: ViewOutput;
  /** Of the first bytes. */
  #start: number | undefined;
  #done = false;
  #toldAt = Number.NEGATIVE_INFINITY;
  #bar = '';

  constructor(output: ViewOutput = process.stderr) {
    this.#output = output;
  }

  /** One line that stays. */
  line(text: string): void {
    this.#output.write(this.#output.isTTY ? `\r\x1b[2K${text}\n${this.#bar}` : `${text}\n`);
  }

  progress({ file, bytes: sent, of }: UploadProgress): void {
    const { isTTY } = this.#output;
    const now = performance.now();
    this.#start ??= now;
    if (this.#done) return;
    this.#done = sent === of;
    if (!this.#done && now - this.#toldAt < SECONDS[isTTY ? 'live' : 'plain'] * 1000) return;
    this.#toldAt = now;
    const share = of === 0 ? 1 : sent / of;
    const pace = now > this.#start ? `  ${bytes(Math.round(sent / ((now - this.#start) / 1000)))}/s` : '';
    const text = `${String(Math.floor(share * 100)).padStart(3)} %  ${bytes(sent)} of ${bytes(of)}${pace}  ${file}`;
    if (!isTTY) {
      this.#output.write(`${text}\n`);
      return;
    }
    const full = Math.round(share * BAR_WIDTH);
    const bar = paint(this.#output, 'cyan', '━'.repeat(full) + '─'.repeat(BAR_WIDTH - full));
    const room = (this.#output.columns ?? 80) - BAR_WIDTH - 2;
    this.#bar = `${bar} ${text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text}`;
    this.#output.write(`\r\x1b[2K${this.#bar}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#output.isTTY && this.#bar) this.#output.write('\r\x1b[2K');
    this.#bar = '';
  }
}
