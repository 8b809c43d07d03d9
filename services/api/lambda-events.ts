/** What must be changed of an event before a Request can be made of it: what none can have fails the function, before the app is asked. */
import type { LambdaEvent } from 'hono/aws-lambda';

/** Methods that no Request can have (Fetch standard, "forbidden methods"). */
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];
/** Methods whose Requests can have no body. */
const BODILESS = ['GET', 'HEAD'];

/** The event without what is ignored or refused anyway: the body of a GET; the name of a method that is answered with 405. */
export function answerable(event: LambdaEvent): LambdaEvent {
  const http = 'http' in event.requestContext ? event.requestContext.http : undefined;
  const method = http?.method.toUpperCase() ?? '';
  if (BODILESS.includes(method)) return { ...event, body: null } as LambdaEvent;
  if (!FORBIDDEN.includes(method)) return event;
  const requestContext = { ...event.requestContext, http: { ...http, method: `X-${method}` } };
  return { ...event, requestContext } as LambdaEvent;
}
