/**
 * Real trainings, with one fault each and sound: the fault is named first and its patch mends it; a sound run is left in peace, at its end
 * and while it goes on.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { applyPatch, type Finding, trainSpec } from '@anneal/schemas';
import { factsOf } from '../../services/diagnose/facts/index.ts';
import { rules } from '../../services/diagnose/rules/index.ts';
import { faulty, sound } from './corpus.ts';
import { train } from './train.ts';

const tally = { found: 0, first: 0, live: 0, accused: 0, mended: 0, patched: 0 };

/** Mended by other means than a lower training loss. */
const otherwise = ['overfitting', 'class-imbalance'];

const list = (findings: readonly Finding[]): string =>
  findings.map(({ cause, score, message }) => `${cause} (${score}): ${message}`).join('\n');

for (const { name, spec, damage, cause } of faulty)
  test(`${name}: ${cause}`, async () => {
    const { record, findings, live } = await train(spec, { damage });
    const [first] = findings;
    tally.found += first ? 1 : 0;
    tally.first += first?.cause === cause ? 1 : 0;
    tally.live += live.some((finding) => finding.cause === cause) ? 1 : 0;
    assert.equal(first?.cause, cause, list(findings));
    assert.ok(Object.keys(first.evidence).length > 0);
    if (!first.patch) return;
    tally.patched += 1;
    const mended = await train(trainSpec.parse(applyPatch(record.spec, first.patch)), { damage });
    assert.notEqual(mended.findings[0]?.cause, cause, list(mended.findings));
    const [before, now] = [factsOf(record), factsOf(mended.record)];
    const better = before.record.nonFiniteStep !== null || now.left < 0.9 * before.left;
    assert.ok(better || otherwise.includes(cause), `${now.left} of the loss is left after, ${before.left} before`);
    tally.mended += 1;
  });

for (const { name, spec, damage } of sound)
  test(`${name}: left in peace`, async () => {
    const { findings, live } = await train(spec, { damage });
    tally.accused += findings.length + live.length > 0 ? 1 : 0;
    assert.equal(list([...findings, ...live]), '');
  });

test('every rule has a program, but those that name a symptom alone', () => {
  const tried = new Set(faulty.map(({ cause }) => cause));
  const rest = rules.map(({ cause }) => cause).filter((cause) => !tried.has(cause));
  assert.deepEqual(rest, ['batch-too-small', 'exploding-gradient']);
});

after(() => {
  const { found, first, live, accused, mended, patched } = tally;
  const precision = (first / (found + accused)).toFixed(2);
  console.log(
    `cause ranked first: recall ${first}/${faulty.length}, precision ${first}/${found + accused} = ${precision}`,
  );
  console.log(`told while it trained: ${live}/${faulty.length}; mended by the patch: ${mended}/${patched}`);
  console.log(`sound runs accused: ${accused}/${sound.length}`);
});
