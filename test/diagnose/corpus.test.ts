/** Real trainings, sound and with one fault each: the fault is named first, and a sound run is left in peace. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { programs } from './corpus.ts';
import { train } from './train.ts';

const tally = { faults: 0, found: 0, first: 0, sound: 0, accused: 0 };

for (const { name, spec, cause } of programs)
  test(cause === null ? `${name}: left in peace` : `${name}: ${cause}`, async () => {
    const { findings, live } = await train(spec);
    const [first] = findings;
    const seen = findings.map(({ cause, score, message }) => `${cause} (${score}): ${message}`).join('\n');
    if (cause === null) {
      tally.sound += 1;
      tally.accused += findings.length + live.length > 0 ? 1 : 0;
      assert.equal(seen, '');
      assert.deepEqual(live, []);
      return;
    }
    tally.faults += 1;
    tally.found += first ? 1 : 0;
    tally.first += first?.cause === cause ? 1 : 0;
    assert.equal(first?.cause, cause, seen);
    assert.ok(first.verdict === 'warn' || first.verdict === 'fail');
  });

after(() => {
  const { faults, found, first, sound, accused } = tally;
  const precision = first / (found + accused);
  console.log(
    `cause ranked first: recall ${first}/${faults}, precision ${first}/${found + accused} = ${precision.toFixed(2)}; sound runs accused: ${accused}/${sound}`,
  );
});
