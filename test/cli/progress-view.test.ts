/** What is shown of a running job, on a terminal and elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProgress, doneShare, ProgressView } from '../../sdk/cli/progress-view.ts';
import { bytes, clock, number, perStep, sparkline, table } from '../../sdk/cli/style.ts';
import type { Event, Progress } from '../../sdk/index.ts';

const progress: Progress = {
  ...{ phase: 'training', step: 250, steps: 1000, epoch: 2, epochs: 5, loss: 0.3142, validationLoss: 0.4 },
  ...{ validationScore: 0.9, microsecondsPerStep: 13_700, secondsLeft: 95 },
};
const notice = (message: string): Event => ({ seq: 1, at: '', body: { type: 'notice', level: 'info', message } });

class Screen {
  text = '';
  constructor(
    readonly isTTY: boolean,
    readonly columns = 120,
  ) {}
  write(text: string): void {
    this.text += text;
  }
  /** What a terminal would show: a line that was cleared is gone. */
  lines(): string[] {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what terminals are told by
    return this.text.split('\n').map((line) => (line.split('\r\x1b[2K').at(-1) ?? '').replace(/\x1b\[\d+m/g, ''));
  }
}

test('a terminal has one bar, below the lines that stay', () => {
  const screen = new Screen(true);
  const view = new ProgressView(screen);
  view.progress(progress);
  view.event(notice('hello'));
  view.progress({ ...progress, step: 500 });
  const bar =
    '━━━━━━━━━━━━────────────  50 %  epoch 2/5  step 500/1000  loss 0.3142  accuracy 0.9  13.7 ms/step  1:35 left';
  assert.deepEqual(screen.lines(), ['hello', bar]);
  view.end();
  assert.deepEqual(screen.lines(), ['hello', '']);
});

test('a narrow terminal gets a shorter bar, then none, then a shorter text, never a second line', () => {
  const { length } = describeProgress(progress);
  for (const [columns, bar] of [
    [length + 10, 8],
    [length + 1, 0],
    [50, 0],
  ] as const) {
    const screen = new Screen(true, columns);
    new ProgressView(screen).progress(progress);
    const [line = ''] = screen.lines();
    assert.ok(line.length < columns);
    assert.equal(line.match(/[━─]/g)?.length ?? 0, bar);
    assert.equal(line.endsWith('…'), columns === 50);
  }
});

test('without a terminal there are plain lines, and not too many', () => {
  const screen = new Screen(false);
  const view = new ProgressView(screen);
  for (let step = 0; step < 100; step++) view.progress({ ...progress, step });
  view.event(notice('hello'));
  assert.deepEqual(screen.lines().slice(1), ['hello', '']);
  assert.ok(!screen.text.includes('\x1b'));
});

test('how much is done is counted in steps, or in seconds where only time ends the run', () => {
  assert.equal(doneShare(progress), 0.25);
  assert.equal(doneShare({ ...progress, steps: null, step: 1000, microsecondsPerStep: 5000, secondsLeft: 15 }), 0.25);
  assert.equal(doneShare({ ...progress, steps: null, step: 0, microsecondsPerStep: null, secondsLeft: null }), 0);
});

test('numbers, times, sizes and charts are short', () => {
  assert.deepEqual([number(0.123456), number(1234567), number(null)], ['0.1235', '1235000', '–']);
  assert.deepEqual([clock(7), clock(750), clock(3900)], ['0:07', '12:30', '1:05:00']);
  assert.deepEqual([bytes(0), bytes(2048), bytes(1.5e9)], ['0 B', '2.0 KiB', '1.4 GiB']);
  assert.deepEqual([perStep(62), perStep(13_700)], ['62 µs', '13.7 ms']);
  assert.equal(sparkline([0, 1, null, 7]), '▁▂ █');
  assert.equal(sparkline(Array.from({ length: 600 }, (_, i) => i)).length, 60);
  assert.equal(table(['a', 'b'], [['long', 'x']]), 'a     b\nlong  x');
});

test('an epoch is told with the metrics of one’s own', () => {
  const screen = new Screen(false);
  const body = {
    ...{ type: 'epoch' as const, epoch: 3, step: 30, trainingLoss: 0.5, validationLoss: 0.25, validationScore: 0.9 },
    ...{ averageLoss: null, averageScore: null, seconds: 61, metrics: { brier: 0.125, odd: null } },
  };
  new ProgressView(screen).event({ seq: 1, at: '', body });
  assert.equal(
    screen.text,
    'epoch 3  training loss 0.5  validation loss 0.25  accuracy 0.9  brier 0.125  odd not finite  1:01\n',
  );
});
