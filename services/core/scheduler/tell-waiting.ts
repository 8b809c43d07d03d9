/** Tells whoever follows a job why its runner does not start. */
import type { JobStore } from '../ports/job-store.ts';

const PAGE = 500;

/** Once for each reason and launch: said again only after the job has been launched again or another reason came in between. */
export async function tellWaiting(jobs: JobStore, jobId: string, why: string): Promise<void> {
  if ((await jobs.get(jobId)).state !== 'starting') return;
  let said: string | undefined;
  for (let after = 0; ; ) {
    const events = await jobs.readEvents(jobId, after, PAGE);
    for (const { seq, body } of events) {
      after = seq;
      if (body.type === 'state') said = undefined;
      if (body.type === 'notice') said = body.message;
    }
    if (events.length < PAGE) break;
  }
  if (said !== why) await jobs.appendEvents(jobId, [{ type: 'notice', level: 'warning', message: why }]);
}
