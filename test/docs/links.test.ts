/** Links within the repository resolve, anchors included; nothing names a machine's own paths. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { type Page, pages, root } from './pages.ts';

/** Anchors as GitHub makes them. */
function anchors({ prose }: Page): Set<string> {
  const headings = prose.filter((line) => /^#{1,6} /.test(line)).map((line) => line.replace(/^#+ /, ''));
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const linksOf = ({ prose }: Page): string[] =>
  prose.flatMap((line) => [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!));

for (const page of pages) {
  test(page.name, () => {
    for (const link of linksOf(page).filter((target) => !/^https?:/.test(target))) {
      const [path = '', anchor] = link.split('#');
      const name = path === '' ? page.name : normalize(join(dirname(page.name), path));
      assert.ok(existsSync(join(root, name)), `${page.name}: ${link} leads nowhere`);
      if (anchor === undefined) continue;
      const target = pages.find((candidate) => candidate.name === name);
      assert.ok(target && anchors(target).has(anchor), `${page.name}: ${link} has no such heading`);
    }
    assert.doesNotMatch(page.text, /\/(?:work|root|home|tmp)\//);
  });
}
