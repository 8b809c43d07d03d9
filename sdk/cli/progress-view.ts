/** What is shown of a running job on standard error: a live bar on a terminal, plain lines elsewhere. */
import type { Event, Finding, Progress } from '../index.ts';
import { forecastLine } from './forecast-view.ts';
import { clock, number, paint, perStep } from './style.ts';

export interface ViewOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Without a terminal, progress is told at most this often. */
const PLAIN_SECONDS = 10;
const BAR_WIDTH = 24;
const SHORTEST_BAR = 6;

export class ProgressView {
  readonly #output: ViewOutput;
  #bar = '';
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(output: ViewOutput = process.stderr) {
    this.#output = output;
  }

  /** One line that stays. */
  line(text: string): void {
    if (!this.#output.isTTY) this.#output.write(`${text}\n`);
    else this.#output.write(`\r\x1b[2K${text}\n${this.#bar}`);
  }

  event({ body }: Event): void {
    const text = describeEvent(body, this.#output);
    if (text !== undefined) this.line(text);
    if (body.type === 'state' && body.state !== 'running') this.end();
  }

  progress(progress: Progress): void {
    const text = describeProgress(progress);
    if (!this.#output.isTTY) {
      if (performance.now() - this.#toldAt < PLAIN_SECONDS * 1000) return;
      this.#toldAt = performance.now();
      this.#output.write(`${text}\n`);
      return;
    }
    this.#bar = fit(text, progress, (this.#output.columns ?? 80) - 1, this.#output);
    this.#output.write(`\r\x1b[2K${this.#bar}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#output.isTTY && this.#bar) this.#output.write('\r\x1b[2K');
    this.#bar = '';
  }
}

/** 0 to 1; by steps, or by time where only time ends the run. */
export function doneShare({ step, steps, microsecondsPerStep, secondsLeft }: Progress): number {
  if (steps !== null) return steps === 0 ? 0 : Math.min(1, step / steps);
  const spent = (step * (microsecondsPerStep ?? 0)) / 1e6;
  return secondsLeft === null || spent + secondsLeft === 0 ? 0 : spent / (spent + secondsLeft);
}

/** The text with as much of a bar before it as there is room for. */
function fit(text: string, progress: Progress, columns: number, output: ViewOutput): string {
  const width = Math.min(BAR_WIDTH, columns - text.length - 1);
  if (progress.phase !== 'training' || width < SHORTEST_BAR)
    return text.length > columns ? `${text.slice(0, columns - 1)}…` : text;
  const full = Math.round(doneShare(progress) * width);
  return `${paint(output, 'cyan', '━'.repeat(full) + '─'.repeat(width - full))} ${text}`;
}

export function describeProgress(progress: Progress): string {
  const { phase, step, steps, epoch, epochs, loss, validationScore, microsecondsPerStep, secondsLeft } = progress;
  if (phase !== 'training') return `${phase} …`;
  const parts = [
    `${String(Math.floor(doneShare(progress) * 100)).padStart(3)} %`,
    `epoch ${epoch}${epochs === null ? '' : `/${epochs}`}`,
    `step ${step}${steps === null ? '' : `/${steps}`}`,
    loss !== null && `loss ${number(loss)}`,
    validationScore !== null && `${scoreName(validationScore)} ${number(validationScore)}`,
    microsecondsPerStep !== null && `${perStep(microsecondsPerStep)}/step`,
    secondsLeft !== null && `${clock(secondsLeft)} left`,
  ];
  return parts.filter(Boolean).join('  ');
}

/** The score of a regression is −loss, so it is below 0. */
export const scoreName = (score: number): string => (score < 0 ? 'score' : 'accuracy');

/** Undefined for what only programs want to know. */
export function describeEvent(body: Event['body'], output: ViewOutput): string | undefined {
  switch (body.type) {
    case 'state': {
      const colour = body.state === 'succeeded' ? 'green' : body.state === 'failed' ? 'red' : 'bold';
      return `${paint(output, colour, body.state)}${body.reason ? `: ${body.reason}` : ''}`;
    }
    case 'notice':
      return body.level === 'warning' ? `${paint(output, 'yellow', 'warning')}: ${body.message}` : body.message;
    case 'plan':
      return `plan ${body.plan.plan}: ${body.plan.reason}`;
    case 'finding':
      return describeFinding(body.finding, output);
    case 'epoch': {
      const { epoch, trainingLoss, validationLoss, validationScore, seconds, metrics = {} } = body;
      const validation = validationLoss === null ? '' : `  validation loss ${number(validationLoss)}`;
      const score = validationScore === null ? '' : `  ${scoreName(validationScore)} ${number(validationScore)}`;
      const own = Object.entries(metrics).map(
        ([name, value]) => `  ${name} ${value === null ? 'not finite' : number(value)}`,
      );
      return `epoch ${epoch}  training loss ${number(trainingLoss)}${validation}${score}${own.join('')}  ${clock(seconds)}`;
    }
    case 'checkpoint':
      return paint(output, 'dim', `saved ${body.name}`);
    case 'machine':
      return body.dollarsPerHour === null ? undefined : `runs on ${body.machine}`;
    case 'forecast':
      return forecastLine(body.forecast);
    case 'artifact':
      return undefined;
  }
}

const marks = { pass: ['green', '✓'], warn: ['yellow', '!'], fail: ['red', '✗'], skipped: ['dim', '-'] } as const;

export function describeFinding({ verdict, rule, message, cause }: Finding, output: ViewOutput): string {
  const [colour, mark] = marks[verdict];
  const named = cause === null || rule.endsWith(cause);
  return `${paint(output, colour, mark)} ${rule}: ${message}${named ? '' : ` (${cause})`}`;
}
