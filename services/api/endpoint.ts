/** An endpoint is written once, as data: the router, the checks on what comes in and the OpenAPI document are made from it. */
import type { Scope } from '@anneal/core/api-keys.ts';
import type { ErrorCode } from '@anneal/schemas';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Identity } from './auth.ts';
import type { Services } from './services.ts';

/** Shape of one kind of answer. */
export interface Answer {
  readonly description: string;
  /** `application/json` unless said otherwise; an answer without a schema and a content type has no body. */
  readonly contentType?: string;
  readonly schema?: z.ZodType;
  /** name -> what it says */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Headers extends z.ZodObject = z.ZodObject,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As in OpenAPI; `{+name}` also takes slashes. */
  readonly path: string;
  readonly id: string;
  readonly tag: 'jobs' | 'events' | 'results' | 'datasets' | 'webhooks' | 'service';
  readonly summary: string;
  readonly description?: string;
  /** Needs no token. */
  readonly open?: true;
  /** What a key must be allowed; `read` for `get` and `submit` for the rest when left out. */
  readonly scope?: Scope;
  readonly params: Params;
  readonly query: Query;
  /** Headers that mean something. */
  readonly headers: Headers;
  /** For the document; the handler gets the JSON as it came and parses it itself. */
  readonly body?: { readonly schema: z.ZodType; readonly description: string; readonly example: unknown };
  /** What the bytes are that it takes as they come; the handler reads them itself, within limits of its own. */
  readonly upload?: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes that this endpoint answers with, besides those of every endpoint. */
  readonly errors: readonly ErrorCode[];
}

/** What came in, checked. */
export interface Incoming<E extends Endpoint> {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly headers: z.output<E['headers']>;
  /** Parsed JSON; undefined for an endpoint without a body. */
  readonly body: unknown;
}

export interface Variables {
  /** Of whoever asks; absent where no token is needed. */
  identity?: Identity;
}

export type AppContext = Context<{ Variables: Variables }>;

export const scopeOf = ({ method, scope }: Endpoint): Scope => scope ?? (method === 'get' ? 'read' : 'submit');

export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: (incoming: Incoming<Endpoint>, services: Services, c: AppContext) => Response | Promise<Response>;
}

/** Binds a handler to its endpoint. */
export const route = <P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject>(
  endpoint: Endpoint<P, Q, H>,
  handle: (incoming: Incoming<Endpoint<P, Q, H>>, services: Services, c: AppContext) => Response | Promise<Response>,
): Route => ({ endpoint, handle: handle as unknown as Route['handle'] });
