/** Contract of the order of streamed examples: every row once an epoch, a pure function of (seed, step), and nearly as mixed as a full shuffle. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { permutation } from '../../../services/engine/data/permutation.ts';
import { Windows } from '../../../services/engine/data/windows.ts';
import { BatchOrder, type StepOrder } from '../../../services/engine/loop/order.ts';
import { WindowOrder } from '../../../services/engine/loop/window-order.ts';

const BATCH = 8;
const training = permutation(1003, 4).slice(0, 900);

function orderOf(size: { rows: number; blockRows: number }, seed = 1, rows = training, batch = BATCH) {
  const windows = new Windows(rows, size, batch, seed);
  return { windows, order: new WindowOrder(windows, rows.length, batch) };
}

/** Rows of one epoch, step by step, up to `most` steps at a time. */
function epochOf(order: StepOrder, epoch: number, most = 1): number[] {
  const rows: number[] = [];
  for (let within = 0; within < order.stepsPerEpoch; ) {
    const taken = order.take(epoch * order.stepsPerEpoch + within, most);
    rows.push(...taken.rows);
    assert.equal(taken.rows.length, taken.batch * taken.steps);
    within += taken.steps;
  }
  return rows;
}

const sizes = [
  { rows: 100, blockRows: 7 },
  { rows: 96, blockRows: 1 },
  { rows: 450, blockRows: 450 },
  { rows: 3, blockRows: 1 },
  { rows: 899, blockRows: 100 },
];

describe('windows', () => {
  for (const size of sizes)
    it(`of ${size.rows} rows in blocks of ${size.blockRows} train on every row once an epoch`, () => {
      const { order, windows } = orderOf(size);
      for (const epoch of [0, 1, 5]) {
        const rows = epochOf(order, epoch, 5);
        assert.deepEqual(
          rows.slice().sort((a, b) => a - b),
          [...training.slice().sort()],
        );
      }
      assert.notDeepEqual(epochOf(order, 0), epochOf(order, 1));
      assert.deepEqual(order.batches, [8, 4]);
      for (let window = 0; window < 2 * windows.perEpoch; window++) {
        const rows = windows.rowsOf(window);
        assert.ok(rows.length <= windows.rows && windows.rows % BATCH === 0);
        assert.deepEqual(rows, rows.slice().sort(), 'they are read in the order of the file');
        assert.deepEqual(windows.shuffled(window).sort(), rows);
      }
    });

  it('say the window of every step, and cut calls at its end', () => {
    const { order, windows } = orderOf(sizes[0]!);
    const seen: number[] = [];
    for (let step = 0; step < 2 * order.stepsPerEpoch; ) {
      const { rows, window, steps } = order.take(step, 1000);
      const own = new Set(windows.rowsOf(window!));
      assert.ok(rows.every((row) => own.has(row)));
      seen.push(window!);
      step += steps;
    }
    // The remainder of an epoch is a call of its own in its last window.
    assert.deepEqual(
      [...new Set(seen)],
      Array.from({ length: 2 * windows.perEpoch }, (_window, i) => i),
    );
  });

  it('are a function of seed and step, in whatever order the steps are asked for', () => {
    const { order } = orderOf(sizes[0]!);
    const steps = Array.from({ length: 3 * order.stepsPerEpoch }, (_step, i) => i);
    const rows = new Map(steps.map((step) => [step, order.take(step, 1).rows.slice()]));
    for (const step of [300, 5, 338, 112, 113, 111, 0]) {
      assert.deepEqual(orderOf(sizes[0]!).order.take(step, 1).rows, rows.get(step));
      assert.deepEqual(order.take(step, 1).rows, rows.get(step));
    }
    assert.notDeepEqual(orderOf(sizes[0]!, 2).order.take(0, 1).rows, rows.get(0));
  });

  it('order every window of an epoch by a draw of its own', () => {
    const { windows } = orderOf(sizes[0]!);
    const drawn = (window: number) => {
      const rows = windows.rowsOf(window);
      return [...windows.shuffled(window)].map((row) => rows.indexOf(row)).join();
    };
    const orders = [0, 1, 2, windows.perEpoch, windows.perEpoch + 1].map(drawn);
    assert.equal(new Set(orders).size, orders.length);
  });

  it('keep the order of examples in memory where one window holds them all', () => {
    const { order } = orderOf({ rows: 5000, blockRows: 4 });
    const resident = new BatchOrder(training, BATCH, 1);
    for (const epoch of [0, 3]) assert.deepEqual(epochOf(order, epoch), epochOf(resident, epoch));
  });
});

/**
 * Variance of the share of a class in a batch, by what a full shuffle has. The file is sorted by class, the worst case:
 * blocks are of one class, and a window's share varies with them.
 */
function roughness(blocksPerWindow: number): number {
  const [n, batch, windowRows, seeds] = [40_000, 64, 4096, 6];
  const rows = Int32Array.from({ length: n }, (_row, i) => i);
  let [sum, count] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const size = { rows: windowRows, blockRows: windowRows / blocksPerWindow };
    const { order } = orderOf(size, seed, rows, batch);
    for (let step = 0; step < order.stepsPerEpoch - 1; step++) {
      const taken = order.take(step, 1).rows;
      const share = taken.reduce((of, row) => of + (row < n / 2 ? 1 : 0), 0) / batch;
      sum += (share - 0.5) ** 2;
      count += 1;
    }
  }
  return sum / count / (0.25 / batch);
}

it('a file sorted by class is mixed nearly as well as by a full shuffle, the better the more blocks a window has', (t) => {
  const found = [16, 64, 1024].map(roughness) as [number, number, number];
  t.diagnostic(
    `variance of a class share, by that of a full shuffle: ${found.map((x) => x.toFixed(2)).join(', ')} with 16, 64 and 1024 blocks`,
  );
  // 1 + s·b/W (1 − W/n), 1 + 63/16 and so on, within what chance allows.
  [16, 64, 1024].forEach((blocks, i) => {
    const expected = 1 + (63 / blocks) * (1 - 4096 / 40_000);
    assert.ok(Math.abs(found[i]! / expected - 1) < 0.12, `${blocks} blocks: ${found[i]} instead of ${expected}`);
  });
});
