/**
 * Addresses of stores on AWS: `s3:BUCKET/FOLDER?region=…`, `dynamodb:TABLE?tenant=…`. They hold no secret: credentials come from where
 * every AWS client takes them (environment, profile, role of the function or the task), or from who hands out those of a job.
 */
import { AnnealError, nearest } from '@anneal/schemas';

export interface AwsAddress {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

/** @throws AnnealError invalid_request naming an option that there is not */
export function parseAwsAddress(kind: string, rest: string, known: readonly string[]): AwsAddress {
  const [name = '', query = ''] = rest.split('?', 2);
  const options: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    if (!known.includes(key)) {
      const near = nearest(key, known);
      const hint = near ? `did you mean '${near}'?` : `there are ${known.join(', ')}`;
      throw new AnnealError('invalid_request', `${kind}:${rest}: there is no option '${key}'; ${hint}`);
    }
    options[key] = value;
  }
  return { name, options };
}

/** @throws AnnealError invalid_request */
export function endpointOf(kind: string, { endpoint }: AwsAddress['options']): string | undefined {
  if (endpoint === undefined || /^https?:\/\/[^/?#@]+\/?$/.test(endpoint)) return endpoint;
  throw new AnnealError(
    'invalid_request',
    `${kind}: '${endpoint}' is no endpoint; one looks like https://s3.example.com`,
  );
}
