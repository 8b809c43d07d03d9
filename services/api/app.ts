/** The service as a Hono app: pure of Node, so that any host can serve it. */
import type { RateLimiter } from '@anneal/core';
import { onceEach } from '@anneal/core/once-each.ts';
import { AnnealError } from '@anneal/schemas';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Authenticate, bearerAuth, checkScope } from './auth.ts';
import { type Endpoint, scopeOf, type Variables } from './endpoint.ts';
import { createFeeds } from './events/feed.ts';
import { readIncoming } from './incoming.ts';
import { type OpenApiDocument, openApiDocument } from './openapi/document.ts';
import { problemAnswer, type ReportError } from './problem.ts';
import { limitRequests } from './rate-limit.ts';
import { createRecords } from './record.ts';
import { routes } from './routes/index.ts';
import type { ServiceLimits, Services, Tenancy } from './services.ts';

export interface AppOptions {
  readonly authenticate: Authenticate;
  /** What belongs to a tenant; asked for once. @throws AnnealError forbidden for one that is not served here */
  readonly tenancy: (tenant: string) => Promise<Tenancy>;
  /** The tenant whose jobs are looked for where no token says whose: for the health of the service. */
  readonly home: string;
  /** Counts requests where `limits` say how many may come. */
  readonly rateLimiter?: RateLimiter | undefined;
  readonly limits: ServiceLimits;
  readonly version: string;
  /** Origins whose pages may use the service from a browser; none when left out. */
  readonly origins?: readonly string[] | undefined;
  /** Told of errors that the client can't be told. */
  readonly onError: ReportError;
}

export type App = Hono<{ Variables: Variables }>;

export function createApp(options: AppOptions): App {
  const { limits, onError } = options;
  const servicesOf = servicesByTenant(options);
  const app: App = new Hono();
  app.onError((error, c) => problemAnswer(error, c, onError));
  app.notFound((c) => {
    const error = new AnnealError('not_found', `there is nothing at ${c.req.path}; /docs lists what there is`);
    return problemAnswer(error, c, onError);
  });
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  if (options.origins && options.origins.length > 0) app.use(crossOrigin([...options.origins]));
  app.use('/v1/*', bearerAuth(options.authenticate));
  if (options.rateLimiter && limits.requestsPerMinute !== undefined) {
    app.use('/v1/*', limitRequests(options.rateLimiter, limits.requestsPerMinute));
  }
  for (const { endpoint, handle } of routes) {
    app.on(endpoint.method.toUpperCase(), honoPath(endpoint), async (c) => {
      const identity = c.get('identity');
      if (identity && !endpoint.open) checkScope(identity, scopeOf(endpoint));
      const incoming = await readIncoming(endpoint, c, limits.bodyBytes);
      return handle(incoming, await servicesOf(identity?.tenant ?? options.home), c);
    });
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(path, (c) => {
      c.header('Allow', methods.join(', '));
      if (c.req.method === 'OPTIONS') return c.body(null, 204);
      throw new AnnealError(
        'method_not_allowed',
        `${c.req.method} is not for ${c.req.path}; allowed: ${methods.join(', ')}`,
      );
    });
  }
  return app;
}

/** The services of each tenant, made once; one that could not be made is tried again. */
function servicesByTenant({ tenancy, limits, version }: AppOptions): (tenant: string) => Promise<Services> {
  let document: OpenApiDocument | undefined;
  return onceEach(async (tenant) => {
    const own = await tenancy(tenant);
    return {
      ...own,
      ...{ limits, version },
      records: createRecords(own.jobs, own.artifacts),
      feeds: own.feeds ?? createFeeds(own.jobs),
      document: () => {
        document ??= openApiDocument(endpoints, version);
        return document;
      },
    };
  });
}

const endpoints: readonly Endpoint[] = routes.map(({ endpoint }) => endpoint);

/** `/v1/jobs/{id}` -> `/v1/jobs/:id`; `{+name}` takes slashes too. */
const honoPath = ({ path }: Endpoint): string => path.replace(/\{\+(\w+)\}/, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1');

function methodsByPath(): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const endpoint of endpoints) {
    const path = honoPath(endpoint);
    const own = endpoint.method === 'get' ? ['GET', 'HEAD'] : [endpoint.method.toUpperCase()];
    byPath.set(path, [...(byPath.get(path) ?? ['OPTIONS']), ...own]);
  }
  return byPath;
}

const crossOrigin = (origin: string[]) =>
  cors({
    origin,
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'Last-Event-ID',
      'Range',
      'If-Range',
      'If-None-Match',
    ],
    exposeHeaders: ['ETag', 'Content-Range', 'Accept-Ranges', 'Location', 'Idempotent-Replayed', 'Retry-After'],
    maxAge: 600,
  });
