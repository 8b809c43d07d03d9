/** The service as a Hono app: pure of Node, so that any host can serve it. */
import type { ArtifactStore, JobStore, Launcher } from '@anneal/core';
import { AnnealError, type Job } from '@anneal/schemas';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { bearerAuth } from './auth.ts';
import type { Endpoint } from './endpoint.ts';
import { createFeeds, type Feeds } from './events/feed.ts';
import { readIncoming } from './incoming.ts';
import { type OpenApiDocument, openApiDocument } from './openapi/document.ts';
import { problemAnswer, type ReportError } from './problem.ts';
import { createRecords } from './record.ts';
import { routes } from './routes/index.ts';
import type { DataFolder, ServiceLimits, Services } from './services.ts';

export interface AppOptions {
  readonly jobs: JobStore;
  readonly artifacts: ArtifactStore;
  /** For the logs of runners; without it there are none. */
  readonly launcher?: Pick<Launcher, 'log'> | undefined;
  /** Looks at data files before a job is taken; without it only the run finds out. */
  readonly data?: DataFolder | undefined;
  readonly limits: ServiceLimits;
  readonly token: string;
  readonly version: string;
  /** Origins whose pages may use the service from a browser; none when left out. */
  readonly origins?: readonly string[] | undefined;
  /** Called when a job has come into the queue. */
  readonly onSubmitted: (job: Job) => void;
  /** Called when a starting or running job has been asked to stop. */
  readonly onStop: (job: Job) => void;
  /** Told of errors that the client can't be told. */
  readonly onError: ReportError;
  /** Follows jobs for the streams; whoever gives it closes it. */
  readonly feeds?: Feeds | undefined;
}

export type App = Hono<{ Variables: { services: Services } }>;

export function createApp(options: AppOptions): App {
  const { jobs, artifacts, launcher, data, limits, version, onSubmitted, onStop, onError } = options;
  let document: OpenApiDocument | undefined;
  const services: Services = {
    ...{ jobs, artifacts, launcher, data, limits, version, onSubmitted, onStop },
    records: createRecords(jobs, artifacts),
    feeds: options.feeds ?? createFeeds(jobs),
    document: () => {
      document ??= openApiDocument(endpoints, version);
      return document;
    },
  };

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
  app.use('/v1/*', bearerAuth(options.token));
  for (const { endpoint, handle } of routes) {
    app.on(endpoint.method.toUpperCase(), honoPath(endpoint), async (c) =>
      handle(await readIncoming(endpoint, c, limits.bodyBytes), services, c),
    );
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

const endpoints: readonly Endpoint[] = routes.map(({ endpoint }) => endpoint);

/** `/v1/jobs/{id}` -> `/v1/jobs/:id`; `{+name}` takes slashes too. */
const honoPath = ({ path }: Endpoint): string => path.replace(/\{\+(\w+)\}/, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1');

function methodsByPath(): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const endpoint of endpoints) {
    const path = honoPath(endpoint);
    const own = endpoint.method === 'get' ? ['GET', 'HEAD'] : ['POST'];
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
