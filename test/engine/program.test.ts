/**
 * A program keeps memory of its own. A variable that kept the memory of the array it was set from would free it on a thread of TensorFlow's,
 * beside the collector of JavaScript: the process then dies within some thousand times of setting.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgramBuilder } from '../../services/engine/program.ts';
import { DataType } from '../../services/engine/tensorflow.ts';

test('variables may be set any number of times', () => {
  const names = Array.from({ length: 40 }, (_name, i) => `v${i}`);
  const builder = new ProgramBuilder();
  for (const name of names) builder.declare(name, DataType.float32, [24]);
  const program = builder.load();
  try {
    for (let time = 0; time < 2000; time++) {
      const values = () => new Float32Array(24).fill(time);
      program.set(new Map(names.map((name) => [name, values()])));
    }
    for (const values of program.get(names)) assert.deepEqual([...values], Array<number>(24).fill(1999));
  } finally {
    program.dispose();
  }
});

// TensorFlow takes over memory that is aligned to 64 bytes; one of four neighbours is.
test('a variable does not change with the array it was set from', () => {
  const builder = new ProgramBuilder();
  const names = ['first', 'second', 'third', 'fourth'];
  for (const name of names) builder.declare(name, DataType.float32, [4]);
  const program = builder.load();
  try {
    const memory = new Float32Array(16).map((_value, i) => i);
    program.set(new Map(names.map((name, i) => [name, memory.subarray(4 * i, 4 * i + 4)])));
    memory.fill(-1);
    const held = program.get(names).flatMap((values) => [...values]);
    assert.deepEqual(
      held,
      Array.from({ length: 16 }, (_value, i) => i),
    );
  } finally {
    program.dispose();
  }
});
