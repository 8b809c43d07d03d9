/** Cancelling, pausing and resuming in every state of a job, and in races with the job itself. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AnnealError, type Job, type Problem } from '@anneal/schemas';
import { finish, newJob, openService, startJob, type TestService } from './service.ts';

let service: TestService;
before(async () => {
  service = await openService();
});
after(() => service.close());

type Verb = 'cancel' | 'pause' | 'resume';
const ask = (id: string, verb: Verb) => service.call(`/v1/jobs/${id}/${verb}`, { method: 'POST' });
const done = async (id: string, verb: Verb): Promise<Job> => {
  const response = await ask(id, verb);
  const body = (await response.json()) as Job;
  assert.equal(response.status, 200, JSON.stringify(body));
  return body;
};
const refused = async (id: string, verb: Verb): Promise<string> => {
  const response = await ask(id, verb);
  const problem = (await response.json()) as Problem;
  assert.equal(response.status, 409);
  assert.equal(problem.code, 'conflict');
  return problem.message;
};

describe('a waiting job', () => {
  it('is cancelled at once', async () => {
    const { id } = await newJob(service);
    const job = await done(id, 'cancel');
    assert.deepEqual([job.state, job.stopping], ['cancelled', null]);
    assert.ok(!service.stopped.includes(id));
  });

  it("can't be resumed", async () => {
    const { id } = await newJob(service);
    assert.match(await refused(id, 'resume'), /is queued; only a paused job/);
  });
});

describe('a running job', () => {
  it('is asked to stop, and its launcher told', async () => {
    const { id } = await newJob(service);
    await startJob(service, id);
    const job = await done(id, 'cancel');
    assert.deepEqual([job.state, job.stopping], ['running', 'cancel']);
    assert.deepEqual(service.stopped.slice(-1), [id]);
  });

  it('is asked to pause, and can be cancelled still, but not the other way round', async () => {
    const { id } = await newJob(service);
    await startJob(service, id);
    assert.equal((await done(id, 'pause')).stopping, 'pause');
    assert.match(await refused(id, 'resume'), /still pausing/);
    assert.equal((await done(id, 'cancel')).stopping, 'cancel');
    assert.match(await refused(id, 'pause'), /is being cancelled/);
  });

  it('is asked while it starts, too', async () => {
    const { id } = await newJob(service);
    await service.jobs.transition(id, ['queued'], 'starting');
    assert.equal((await done(id, 'cancel')).stopping, 'cancel');
  });
});

describe('a paused job', () => {
  const paused = async (): Promise<string> => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    await done(id, 'pause');
    await service.jobs.transition(id, ['running'], 'paused', { lease, change: { stopping: null } });
    return id;
  };

  it('stays paused when asked again, and goes back into the queue when resumed', async () => {
    const id = await paused();
    assert.equal((await done(id, 'pause')).state, 'paused');
    assert.equal((await done(id, 'resume')).state, 'queued');
    assert.deepEqual(service.submitted, [id]);
  });

  it('is cancelled at once', async () => {
    assert.equal((await done(await paused(), 'cancel')).state, 'cancelled');
  });
});

describe('a job that has ended', () => {
  it('stays as it is, and the answer says why', async () => {
    const { id } = await newJob(service);
    await finish(service, await startJob(service, id));
    for (const verb of ['cancel', 'pause', 'resume'] as const)
      assert.match(await refused(id, verb), /has already succeeded/);
    assert.equal((await service.json<Job>(`/v1/jobs/${id}`)).state, 'succeeded');
  });

  it("that was cancelled can't be cancelled again", async () => {
    const { id } = await newJob(service);
    await done(id, 'cancel');
    assert.match(await refused(id, 'cancel'), /has already been cancelled/);
  });
});

describe('races', () => {
  it('a job that started meanwhile is asked to stop instead', async (t) => {
    const { id } = await newJob(service);
    const transition = service.jobs.transition.bind(service.jobs);
    t.mock.method(service.jobs, 'transition', async (...asked: Parameters<typeof transition>) => {
      t.mock.restoreAll();
      await startJob(service, id);
      return transition(...asked);
    });
    const job = await done(id, 'cancel');
    assert.deepEqual([job.state, job.stopping], ['running', 'cancel']);
  });

  it('a job that ended meanwhile is a conflict, not a failure', async (t) => {
    const { id } = await newJob(service);
    const lease = await startJob(service, id);
    t.mock.method(service.jobs, 'requestStop', async () => {
      t.mock.restoreAll();
      await finish(service, lease);
      throw new AnnealError('conflict', 'is in another state');
    });
    assert.match(await refused(id, 'cancel'), /has already succeeded/);
  });

  it('many cancel at once, one of them does it', async () => {
    const { id } = await newJob(service);
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask(id, 'cancel')).status));
    assert.equal(statuses.filter((status) => status === 200).length, 1);
    assert.equal(statuses.filter((status) => status === 409).length, 7);
  });
});

it('knows no job that is not there', async () => {
  for (const verb of ['cancel', 'pause', 'resume'] as const) {
    assert.equal((await ask('job_zzzzzzzzzzzzzzzzzzzz', verb)).status, 404);
  }
});
