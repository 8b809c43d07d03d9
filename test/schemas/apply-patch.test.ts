/** JSON patches: the cases of RFC 6902, appendix A, for add, remove and replace. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyPatch } from '@anneal/schemas';

test('members and items are added, removed and replaced; the document stays as it is', () => {
  const document = { foo: ['bar', 'baz'], 'a/b': { '~c': 1 } };
  const patched = (...patch: Parameters<typeof applyPatch>[1]) => applyPatch<unknown>(document, patch);
  assert.deepEqual(patched({ op: 'add', path: '/baz', value: 'qux' }), { ...document, baz: 'qux' });
  assert.deepEqual(patched({ op: 'add', path: '/foo/1', value: 'qux' }), { ...document, foo: ['bar', 'qux', 'baz'] });
  assert.deepEqual(patched({ op: 'add', path: '/foo/-', value: 'qux' }), { ...document, foo: ['bar', 'baz', 'qux'] });
  assert.deepEqual(patched({ op: 'remove', path: '/foo/1' }), { ...document, foo: ['bar'] });
  assert.deepEqual(patched({ op: 'remove', path: '/foo' }), { 'a/b': { '~c': 1 } });
  assert.deepEqual(patched({ op: 'replace', path: '/a~1b/~0c', value: 2 }), { ...document, 'a/b': { '~c': 2 } });
  assert.deepEqual(document, { foo: ['bar', 'baz'], 'a/b': { '~c': 1 } });
});

test('a pointer that leads nowhere is refused', () => {
  for (const path of ['/baz', '/foo/2', '/foo/-', '/foo/x', '/foo/0/y', '/a~1b/c/d'])
    for (const op of ['remove', 'replace'] as const)
      assert.throws(
        () => applyPatch({ foo: ['bar', 'baz'], 'a/b': {} }, [{ op, path, value: 1 }]),
        (error: Error) => error instanceof RangeError && error.message.includes(path),
      );
  assert.throws(() => applyPatch({ foo: [] }, [{ op: 'add', path: '/foo/1', value: 1 }]), RangeError);
});
