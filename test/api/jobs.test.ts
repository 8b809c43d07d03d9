/** End to end over HTTP shapes: submitting, validating, listing, and everything that may be wrong with a spec or a request. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Job, JobPage, Problem, TrainJob, ValidationReport } from '@anneal/schemas';
import { openService, type TestService } from './service.ts';
import { spec } from './spec.ts';

let service: TestService;
before(async () => {
  service = await openService();
});
after(() => service.close());

const problemOf = async (response: Response, status: number): Promise<Problem> => {
  const problem = (await response.json()) as Problem;
  assert.equal(response.status, status, JSON.stringify(problem));
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(problem.status, status);
  return problem;
};

const countJobs = async (): Promise<number> => (await service.json<JobPage>('/v1/jobs?limit=200')).items.length;

describe('submitting', () => {
  it('answers 201 with the queued job, its defaults filled in, and wakes the scheduler', async () => {
    const response = await service.post('/v1/jobs', spec({ tags: { team: 'vision' } }));
    const job = (await response.json()) as Job;
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('location'), `/v1/jobs/${job.id}`);
    assert.equal(job.state, 'queued');
    assert.equal((job as TrainJob).spec.batchSize, 64);
    assert.deepEqual(service.submitted.slice(-1), [job.id]);
    assert.deepEqual(await service.json(`/v1/jobs/${job.id}`), job);
  });

  it('gives the same job for the same key and body, whatever the order of the fields', async () => {
    const headers = { 'idempotency-key': 'key one' };
    const first = await service.post('/v1/jobs', spec(), headers);
    const { kind, ...rest } = spec();
    const announced = service.submitted.length;
    const again = await service.post('/v1/jobs', { ...rest, kind }, headers);
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.equal(first.headers.get('idempotent-replayed'), null);
    assert.equal(((await again.json()) as Job).id, ((await first.json()) as Job).id);
    assert.equal(service.submitted.length, announced);
  });

  it('refuses the same key with another body', async () => {
    const headers = { 'idempotency-key': 'key two' };
    await service.post('/v1/jobs', spec(), headers);
    const problem = await problemOf(await service.post('/v1/jobs', spec({ seed: 2 }), headers), 409);
    assert.equal(problem.code, 'idempotency_conflict');
  });

  it('makes one job of many requests at once with one key', async () => {
    const before = await countJobs();
    const headers = { 'idempotency-key': 'at once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => service.post('/v1/jobs', spec(), headers)));
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Job).id));
    assert.equal(new Set(ids).size, 1);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(await countJobs(), before + 1);
  });

  it("doesn't keep the key of a spec that was refused", async () => {
    const headers = { 'idempotency-key': 'key three' };
    await problemOf(await service.post('/v1/jobs', spec({ seed: -1 }), headers), 422);
    assert.equal((await service.post('/v1/jobs', spec(), headers)).status, 201);
  });

  it('takes keys of up to 255 characters', async () => {
    assert.equal((await service.post('/v1/jobs', spec(), { 'idempotency-key': 'k'.repeat(255) })).status, 201);
    const problem = await problemOf(
      await service.post('/v1/jobs', spec(), { 'idempotency-key': 'k'.repeat(256) }),
      400,
    );
    assert.equal(problem.param, 'Idempotency-Key');
  });
});

describe('validating', () => {
  it('reports layers, parameters, memory and steps', async () => {
    const report = (await (await service.post('/v1/jobs/validate', spec())).json()) as ValidationReport;
    assert.deepEqual(report.layers, [
      { name: 'flatten_0', type: 'flatten', input: [28, 28, 1], output: [784], parameters: 0 },
      { name: 'dense_1', type: 'dense', input: [784], output: [10], parameters: 7850 },
    ]);
    assert.equal(report.parameters, 7850);
    assert.equal(report.stepsPerEpoch, Math.ceil(54_000 / 64));
    assert.ok(report.memoryBytes > 4 * 7850);
  });

  it('creates nothing', async () => {
    const before = await countJobs();
    await service.post('/v1/jobs/validate', spec());
    assert.equal(await countJobs(), before);
  });

  it('refuses splits that leave nothing to train on', async () => {
    const data = { type: 'mnist', limit: 2, split: { validation: 0.5 } };
    const problem = await problemOf(await service.post('/v1/jobs/validate', spec({ data })), 422);
    assert.equal(problem.param, 'data.split');
  });
});

describe('bad specs leave nothing behind', () => {
  const layers = (...list: unknown[]) => ({ model: { layers: list } });
  const dense = (units: number) => ({ type: 'dense', units });
  const cases: [string, unknown, number, string, RegExp][] = [
    ['an unknown field', spec({ bachSize: 32 }), 422, 'unknown_field', /bachSize.*did you mean 'batchSize'/],
    ['an unknown rule', spec({ update: { rule: 'adamm' } }), 422, 'invalid_spec', /'adamm'.*did you mean 'adam'/],
    ['a negative rate', spec({ schedule: { type: 'constant', rate: -1 } }), 422, 'invalid_spec', /schedule\.rate: -1/],
    [
      'a rate that is no number',
      spec({ schedule: { type: 'constant', rate: null } }),
      422,
      'invalid_spec',
      /schedule\.rate/,
    ],
    ['an impossible shape', spec(layers(dense(10))), 422, 'shape_mismatch', /got \[28, 28, 1\], needs \[features\]/],
    [
      'the wrong number of outputs',
      spec(layers({ type: 'flatten' }, dense(9))),
      422,
      'shape_mismatch',
      /\[9\].*\[10\]/,
    ],
    [
      '10^9 parameters',
      spec(layers({ type: 'flatten' }, dense(1_300_000), dense(10))),
      422,
      'model_too_large',
      /parameters need about [\d.]+ GiB/,
    ],
    ['not an object', [1, 2], 422, 'invalid_spec', /./],
    ['null', null, 422, 'invalid_spec', /./],
    [
      'malformed JSON',
      '{"kind": "train",\n  "seed": 1,,}',
      400,
      'invalid_json',
      /line 2, column 13: expected a field name/,
    ],
    ['NaN', '{"kind": "train", "seed": NaN}', 400, 'invalid_json', /line 1, column 27: expected a value, found "NaN"/],
    ['cut off JSON', '{"kind": "tra', 400, 'invalid_json', /line 1, column 10/],
    ['an empty body', '', 400, 'invalid_json', /empty/],
    ['a number past all bounds', JSON.stringify(spec()).replace('0.1', '1e999'), 422, 'invalid_spec', /schedule\.rate/],
    ['a prototype', '{"__proto__": {"kind": "train"}}', 422, 'invalid_spec', /./],
    ['depth', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'invalid_json', /nested/],
  ];
  for (const [name, body, status, code, message] of cases) {
    it(`refuses ${name}`, async () => {
      const before = await countJobs();
      for (const path of ['/v1/jobs', '/v1/jobs/validate']) {
        const problem = await problemOf(await service.post(path, body), status);
        assert.equal(problem.code, code);
        assert.match(problem.message, message);
      }
      assert.equal(await countJobs(), before);
    });
  }

  it('lists all that is wrong', async () => {
    const problem = await problemOf(await service.post('/v1/jobs', spec({ seed: -1, batchSize: 0, nmae: 'x' })), 422);
    assert.deepEqual(problem.errors.map(({ param }) => param).sort(), ['batchSize', 'nmae', 'seed']);
  });
});

describe('listing', () => {
  it('pages through all jobs, newest first, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: JobPage = await service.json(
        `/v1/jobs?limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    assert.equal(new Set(seen).size, seen.length);
    assert.equal(seen.length, await countJobs());
  });

  it('filters by state, kind and tags', async () => {
    const tags = { run: 'a:b', team: 'audio' };
    const made = (await (await service.post('/v1/jobs', spec({ tags }))).json()) as Job;
    const found = await service.json<JobPage>('/v1/jobs?state=queued&kind=train&tag=run:a:b&tag=team:audio');
    assert.deepEqual(
      found.items.map(({ id }) => id),
      [made.id],
    );
    assert.deepEqual((await service.json<JobPage>('/v1/jobs?state=failed')).items, []);
  });

  for (const [query, param] of [
    ['limit=0', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['stat=queued', 'stat'],
    ['state=quued', 'state'],
    ['tag=nocolon', 'tag[0]'],
  ]) {
    it(`refuses ?${query}`, async () => {
      const problem = await problemOf(await service.call(`/v1/jobs?${query}`), 400);
      assert.equal(problem.code, 'invalid_request');
      assert.equal(problem.param, param);
    });
  }

  it('refuses a cursor that it never gave', async () => {
    await problemOf(await service.call('/v1/jobs?cursor=nonsense'), 400);
  });

  it('knows no job that is not there', async () => {
    assert.equal((await problemOf(await service.call('/v1/jobs/job_zzzzzzzzzzzzzzzzzzzz'), 404)).code, 'not_found');
  });
});
