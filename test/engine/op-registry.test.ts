/** The op registry says what TensorFlow says. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { completeAttributes } from '../../services/engine/graph/op-registry.ts';
import { DataType } from '../../services/engine/tensorflow.ts';
import { pythonEnvironment } from '../oracles/python/environment.ts';

test('the op registry is that of the TensorFlow in use', async (t) => {
  const python = await pythonEnvironment();
  if ('reason' in python) return t.skip(python.reason);
  const script = fileURLToPath(new URL('../../infra/generate/op-registry.py', import.meta.url));
  execFileSync(python.python, [script, '--check'], {
    stdio: 'pipe',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
});

test('missing attributes are inferred, unknown ones dropped', () => {
  const { float32, int32 } = DataType;
  const expand = completeAttributes('ExpandDims', { nonsense: { int: 1 } }, [float32, int32], [float32]);
  assert.deepEqual(expand, { T: { type: float32 }, Tdim: { type: int32 } });
  const pack = completeAttributes('Pack', { axis: { int: 0 } }, [int32, int32, int32], [int32]);
  assert.deepEqual(pack, { axis: { int: 0 }, N: { int: 3 }, T: { type: int32 } });
});

test('an op that lacks an attribute nobody can infer is named', () => {
  assert.throws(() => completeAttributes('Cast', {}, [undefined], []), /op 'Cast' lacks the attributes DstT, SrcT/);
});
