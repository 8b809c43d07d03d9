import { createHash } from 'node:crypto';
import type { ArtifactStore, BlobInfo, JobStore, Lease } from '@anneal/core';
import { AnnealError, type Event, type EventBody, type Job, type JobState } from '@anneal/schemas';
export async function openJobStore(_u: string): Promise<JobStore> {
  const jobs: Job[] = [];
  const events = new Map<string, Event[]>();
  const keys = new Map<string, { hash: string; id: string }>();
  const leases = new Map<string, number>();
  const find = (id: string) => {
    const j = jobs.find((x) => x.id === id);
    if (!j) throw new AnnealError('not_found', `no job ${id}`);
    return j;
  };
  const put = (id: string, ch: Partial<Job>) => {
    const i = jobs.findIndex((x) => x.id === id);
    jobs[i] = { ...jobs[i]!, ...ch };
    return jobs[i]!;
  };
  const add = (id: string, body: EventBody) => {
    const l = events.get(id) ?? [];
    l.push({ seq: l.length + 1, at: new Date().toISOString(), body });
    events.set(id, l);
    return l.length;
  };
  const check = (id: string, lease?: Lease) => {
    if (lease && leases.get(id) !== lease.token) throw new AnnealError('lease_lost', 'lost');
  };
  return {
    async create({ spec, idempotency }) {
      const old = idempotency && keys.get(idempotency.key);
      if (old) {
        if (old.hash !== idempotency.bodyHash) throw new AnnealError('idempotency_conflict', 'other');
        return { job: find(old.id), created: false };
      }
      const id = `job_${String(jobs.length).padStart(20, '0')}`;
      const job: Job = {
        id,
        kind: 'train',
        name: spec.name ?? null,
        tags: spec.tags,
        state: 'queued',
        stopping: null,
        attempt: 0,
        spec,
        plan: null,
        progress: null,
        result: null,
        error: null,
        createdAt: new Date().toISOString(),
        startedAt: null,
        finishedAt: null,
      };
      jobs.push(job);
      if (idempotency) keys.set(idempotency.key, { hash: idempotency.bodyHash, id });
      add(id, { type: 'state', state: 'queued', reason: null, error: null });
      return { job, created: true };
    },
    async get(id) {
      return structuredClone(find(id));
    },
    async list(f, { limit, cursor }) {
      const all = [...jobs]
        .reverse()
        .filter(
          (j) =>
            (!f.state || j.state === f.state) &&
            (!f.kind || j.kind === f.kind) &&
            Object.entries(f.tags ?? {}).every(([k, v]) => j.tags[k] === v),
        );
      if (cursor && !/^\d+$/.test(cursor)) throw new AnnealError('invalid_request', 'bad cursor', 'cursor');
      const at = Number(cursor ?? 0);
      const items = all.slice(at, at + limit);
      return { items, next: at + limit < all.length ? String(at + limit) : null };
    },
    async queued() {
      return jobs.filter((j) => j.state === 'queued');
    },
    async active() {
      return 0;
    },
    async transition(id, from: readonly JobState[], to, o) {
      const j = find(id);
      check(id, o?.lease);
      if (!from.includes(j.state)) throw new AnnealError('conflict', `job is ${j.state}`);
      add(id, { type: 'state', state: to, reason: o?.reason ?? null, error: o?.change?.error ?? null });
      return put(id, { state: to, ...o?.change });
    },
    async requestStop(id, stopping) {
      return put(id, { stopping });
    },
    async claim(id) {
      const j = find(id);
      const token = (leases.get(id) ?? 0) + 1;
      leases.set(id, token);
      put(id, { state: 'running', attempt: j.attempt + 1 });
      add(id, { type: 'state', state: 'running', reason: null, error: null });
      return { jobId: id, token, attempt: j.attempt + 1 };
    },
    async heartbeat(l, _t, u) {
      check(l.jobId, l);
      put(l.jobId, { ...u });
      return { stopping: find(l.jobId).stopping };
    },
    async appendEvents(id, bodies, lease) {
      check(id, lease);
      for (const b of bodies) add(id, b);
      return events.get(id)!.length;
    },
    async readEvents(id, after, limit) {
      return (events.get(id) ?? []).slice(after, after + limit);
    },
    async reapLost() {
      return [];
    },
    async close() {},
  };
}
export async function openArtifactStore(_u: string): Promise<ArtifactStore> {
  const blobs = new Map<string, { info: BlobInfo; bytes: Uint8Array }>();
  const find = (k: string) => {
    const b = blobs.get(k);
    if (!b) throw new AnnealError('artifact_not_found', k);
    return b;
  };
  return {
    async putIfAbsent(key, body, contentType) {
      const bytes = body as Uint8Array;
      const info = { key, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), contentType };
      blobs.set(key, { info, bytes });
      return info;
    },
    async get(key, r) {
      const { info, bytes } = find(key);
      return {
        info,
        body: (async function* () {
          const b = bytes.subarray(r?.start ?? 0, r?.end === undefined ? undefined : r.end + 1);
          for (let i = 0; i < b.length; i += 65536) yield b.slice(i, i + 65536);
        })(),
      };
    },
    async head(key) {
      return find(key).info;
    },
    async remove(k) {
      blobs.delete(k);
    },
    async *list() {},
  };
}
