/** What a webhook is told of a move of a job. */
import type { Event, Job, WebhookEvent, WebhookMessage } from '@anneal/schemas';

/** Undefined for an event that is no move. */
export function messageOf(
  job: Pick<Job, 'id' | 'kind' | 'name' | 'tags'>,
  { seq, at, body }: Event,
): WebhookMessage | undefined {
  if (body.type !== 'state') return undefined;
  const { id, kind, name, tags } = job;
  const { state, reason, error } = body;
  return {
    type: `job.${state}` satisfies WebhookEvent,
    timestamp: at,
    data: { id, kind, name, tags, state, reason, error, seq },
  };
}
