/** Webhooks: who is told of what becomes of jobs, and what they are sent (Standard Webhooks 1.0). */
import { z } from 'zod';
import { errorDetail } from './error.ts';
import { jobKind, jobState } from './job.ts';
import { jobId } from './model-source.ts';

export const webhookEvent = z
  .enum(['job.queued', 'job.starting', 'job.running', 'job.paused', 'job.succeeded', 'job.failed', 'job.cancelled'])
  .meta({ id: 'WebhookEvent', description: 'The state that a job has come into.' });
export type WebhookEvent = z.output<typeof webhookEvent>;

export const webhookInput = z
  .strictObject({
    url: z.url().max(2000).describe('Where messages are sent: https, to an address that is not private.'),
    events: z
      .array(webhookEvent)
      .min(1)
      .default(['job.succeeded', 'job.failed', 'job.cancelled'])
      .describe('What to be told of.'),
    description: z.string().max(200).default(''),
  })
  .meta({ id: 'NewWebhook' });

export const webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(webhookEvent),
    description: z.string(),
    createdAt: z.iso.datetime(),
    failing: z
      .object({ since: z.iso.datetime(), reason: z.string() })
      .nullable()
      .describe('Since when messages could not be delivered, and why the last one could not; null once one has been.'),
  })
  .meta({ id: 'Webhook', description: 'Who is told of what becomes of jobs.' });
export type Webhook = z.output<typeof webhook>;

export const webhookWithSecret = webhook
  .extend({ secret: z.string().describe('What messages are signed with; told only here.') })
  .meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecret = z.output<typeof webhookWithSecret>;

export const webhookList = z.object({ items: z.array(webhook) }).meta({ id: 'WebhookList' });

export const webhookMessage = z
  .object({
    type: webhookEvent,
    timestamp: z.iso.datetime().describe('When it happened.'),
    data: z.object({
      id: jobId,
      kind: jobKind,
      name: z.string().nullable(),
      tags: z.record(z.string(), z.string()),
      state: jobState,
      reason: z.string().nullable(),
      error: errorDetail.nullable(),
      seq: z.int().describe('Number of the event among those of the job: messages may come out of order.'),
    }),
  })
  .meta({ id: 'WebhookMessage', description: 'The body of a message; its id, time and signature are in its headers.' });
export type WebhookMessage = z.output<typeof webhookMessage>;
