/** The webhooks of tenants, as records. Their secrets are kept as they are, since messages are signed with them. */
import { randomBytes } from 'node:crypto';
import { AnnealError, type Webhook, type WebhookEvent } from '@anneal/schemas';
import type { Collection, RecordStore, StoredRecord } from '../ports/record-store.ts';
import { unless } from '../unless.ts';
import { checkUrl } from './addresses.ts';

export interface Endpoint extends Webhook {
  /** The newest first; those after it hold until `until`, in milliseconds. */
  readonly secrets: readonly { readonly secret: string; readonly until: number | null }[];
}

export interface Endpoints {
  /** @throws AnnealError invalid_request for an address that is not allowed, conflict for too many */
  create(input: Pick<Webhook, 'url' | 'events' | 'description'>): Promise<Endpoint>;
  list(): Promise<Endpoint[]>;
  find(id: string): Promise<Endpoint | undefined>;
  /** @throws AnnealError not_found */
  remove(id: string): Promise<void>;
  /** A new secret; the one before holds for another day. @throws AnnealError not_found */
  rotate(id: string): Promise<Endpoint>;
  /** Notes why a message was not delivered, or with null that one was. One that is gone is no error. */
  note(id: string, failure: string | null): Promise<void>;
}

/** Webhooks of one tenant. */
const MOST = 50;
/** Milliseconds that a secret holds once it has been replaced. */
export const OVERLAP = 24 * 3600_000;

const ID = /^wh_[0-9a-z]{20}$/;

export interface EndpointsOptions {
  readonly tenant: string;
  /** Networks that messages may go to although they are private, as in `10.0.0.0/8`. */
  readonly networks?: readonly string[];
  readonly now?: () => number;
}

export function endpointsOf(
  records: RecordStore,
  { tenant, networks = [], now = Date.now }: EndpointsOptions,
): Endpoints {
  const place: Collection = { tenant, name: 'webhooks' };
  const none = (id: string) => new AnnealError('not_found', `there is no webhook '${id.slice(0, 100)}'`);
  const read = async (id: string): Promise<StoredRecord | undefined> =>
    ID.test(id) ? records.get(place, id) : undefined;

  async function change(id: string, to: (endpoint: Endpoint) => Endpoint): Promise<Endpoint> {
    for (;;) {
      const record = await read(id);
      if (!record) throw none(id);
      const before = record.value as Endpoint;
      const after = to(before);
      if (after === before || (await records.put(place, id, after, record.version))) return after;
    }
  }

  const list = async (): Promise<Endpoint[]> =>
    (await records.list(place, { limit: MOST * 2 })).map(({ value }) => value as Endpoint);

  return {
    list,
    async create({ url, events, description }) {
      checkUrl(url, networks);
      if ((await list()).length >= MOST)
        throw new AnnealError('conflict', `there are ${MOST} webhooks, as many as may be`);
      const at = now();
      const endpoint: Endpoint = {
        id: `wh_${at.toString(36).padStart(9, '0')}${randomBytes(8).toString('hex').slice(0, 11)}`,
        ...{ url, events: [...new Set<WebhookEvent>(events)], description },
        createdAt: new Date(at).toISOString(),
        failing: null,
        secrets: [{ secret: newSecret(), until: null }],
      };
      if (!(await records.put(place, endpoint.id, endpoint, null)))
        throw new AnnealError('conflict', 'the id is taken; again');
      return endpoint;
    },
    find: async (id) => (await read(id))?.value as Endpoint | undefined,
    async remove(id) {
      if (!(await read(id))) throw none(id);
      await records.remove(place, id);
    },
    rotate: (id) =>
      change(id, (endpoint) => {
        const [newest] = endpoint.secrets;
        const before = newest ? [{ secret: newest.secret, until: now() + OVERLAP }] : [];
        return { ...endpoint, secrets: [{ secret: newSecret(), until: null }, ...before] };
      }),
    async note(id, failure) {
      const at = new Date(now()).toISOString();
      const noted = change(id, (endpoint) => {
        if (failure === null) return endpoint.failing === null ? endpoint : { ...endpoint, failing: null };
        return { ...endpoint, failing: { since: endpoint.failing?.since ?? at, reason: failure.slice(0, 500) } };
      });
      await unless('not_found', noted);
    },
  };
}

/** 256 random bits. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** What may be shown of it. */
export const shown = ({ secrets: _, ...webhook }: Endpoint): Webhook => webhook;
