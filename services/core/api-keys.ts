/**
 * API keys: `ak_ID_SECRET`. The secret is 256 random bits; only its SHA-256 is kept, which is enough for what nobody can guess, and the
 * key itself is shown once. A key is of one tenant and has scopes.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { AnnealError } from '@anneal/schemas';
import type { Collection, RecordStore } from './ports/record-store.ts';
import { checkTenant } from './tenant.ts';

export const scopes = ['read', 'submit', 'admin'] as const;
/** `read` finds, follows and fetches; `submit` submits and steers; `admin` may do both, and registers webhooks. */
export type Scope = (typeof scopes)[number];

export interface ApiKey {
  readonly id: string;
  readonly tenant: string;
  /** For people. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

interface Kept extends ApiKey {
  /** Hexadecimal SHA-256 of the secret. */
  readonly secretHash: string;
}

export interface ApiKeys {
  /** The only time that the key itself is told. @throws AnnealError invalid_request */
  create(key: Pick<ApiKey, 'tenant' | 'name' | 'scopes'>): Promise<{ key: ApiKey; secret: string }>;
  /** Of one tenant, or of all; the oldest first. */
  list(tenant?: string): Promise<ApiKey[]>;
  /** From then on nobody gets in with it, of those who ask the store. @throws AnnealError not_found */
  revoke(id: string): Promise<ApiKey>;
  /** The key, unless it is none, unknown or revoked. */
  find(given: string): Promise<ApiKey | undefined>;
}

const COLLECTION: Collection = { tenant: null, name: 'keys' };
const PAGE = 200;
const FORM = /^ak_([0-9a-z]{20})_([A-Za-z0-9_-]{43})$/;

export const looksLikeKey = (text: string): boolean => text.startsWith('ak_');

export function apiKeys(records: RecordStore, now: () => number = Date.now): ApiKeys {
  return {
    async create({ tenant, name, scopes: wanted }) {
      checkTenant(tenant);
      checkScopes(wanted);
      if (name.length > 200) throw new AnnealError('invalid_request', 'name: at most 200 characters', 'name');
      const at = now();
      // Ids grow with time, so a list is in the order of creation.
      const id = at.toString(36).padStart(9, '0') + randomBytes(8).toString('hex').slice(0, 11);
      const secret = randomBytes(32).toString('base64url');
      const key = { id, tenant, name, scopes: wanted, createdAt: new Date(at).toISOString(), revokedAt: null };
      const kept: Kept = { ...key, secretHash: hashOf(secret).toString('hex') };
      if (!(await records.put(COLLECTION, id, kept, null))) throw new AnnealError('conflict', 'the id is taken; again');
      return { key, secret: `ak_${id}_${secret}` };
    },

    async list(tenant) {
      const found: ApiKey[] = [];
      for (let after: string | undefined; ; ) {
        const page = await records.list(COLLECTION, { limit: PAGE, ...(after !== undefined && { after }) });
        found.push(...page.map(({ value }) => shown(value as Kept)));
        if (page.length < PAGE) break;
        after = page.at(-1)!.id;
      }
      return tenant === undefined ? found : found.filter((key) => key.tenant === tenant);
    },

    async revoke(id) {
      for (;;) {
        const record = /^[0-9a-z]{20}$/.test(id) ? await records.get(COLLECTION, id) : undefined;
        if (!record) throw new AnnealError('not_found', `there is no key '${id.slice(0, 100)}'`, 'id');
        const kept = record.value as Kept;
        if (kept.revokedAt !== null) return shown(kept);
        const revoked: Kept = { ...kept, revokedAt: new Date(now()).toISOString() };
        if (await records.put(COLLECTION, id, revoked, record.version)) return shown(revoked);
      }
    },

    async find(given) {
      const [, id, secret] = FORM.exec(given) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const kept = (await records.get(COLLECTION, id))?.value as Kept | undefined;
      if (!kept || kept.revokedAt !== null) return undefined;
      // As long wherever the difference is.
      return timingSafeEqual(hashOf(secret), Buffer.from(kept.secretHash, 'hex')) ? shown(kept) : undefined;
    },
  };
}

function checkScopes(given: readonly string[]): void {
  const unknown = given.find((scope) => !(scopes as readonly string[]).includes(scope));
  const allowed = `allowed: ${scopes.join(', ')}`;
  if (unknown !== undefined) {
    throw new AnnealError('invalid_request', `scopes: there is no scope '${unknown}'; ${allowed}`, 'scopes');
  }
  if (given.length === 0) throw new AnnealError('invalid_request', `scopes: a key needs one; ${allowed}`, 'scopes');
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const shown = ({ secretHash: _, ...key }: Kept): ApiKey => key;
