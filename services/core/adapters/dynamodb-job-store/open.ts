/** Opens the table at `TABLE?tenant=…&pace=…&region=…&endpoint=…`, for every store that keeps something in it. */
import { AnnealError } from '@anneal/schemas';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkTenant, DEFAULT_TENANT } from '../../tenant.ts';
import { endpointOf, parseAwsAddress } from '../aws/address.ts';
import { clientSettings } from '../aws/client.ts';
import { checkTable } from './set-up.ts';
import { type Table, tableOf } from './table.ts';

/** Settings of the client over those of the stores, or a client; the store closes it. */
export type TableClient = (DynamoDBClientConfig & { readonly maxAttempts?: number }) | DynamoDBClient;

export interface OpenedTable {
  readonly client: DynamoDBClient;
  readonly table: Table;
  readonly tenant: string;
  /** Milliseconds between two heartbeats with news, and between two looks for them. */
  readonly pace: number;
}

/** Ten thousand runners with news then write 5000 units a second, and a thousand services that watch one job read what its partition bears. */
const PACE = 2000;

/** @param check false: the table is taken to be there and Anneal's, which spares a request
 *  @throws AnnealError invalid_request for an address that is none, store_unavailable if the table can't be reached, conflict if it is
 *  of another program */
export async function openTable(rest: string, settings?: TableClient, check = true): Promise<OpenedTable> {
  const { name, options } = parseAwsAddress('dynamodb', rest, ['tenant', 'pace', 'region', 'endpoint']);
  const { tenant = DEFAULT_TENANT, region, pace = String(PACE) } = options;
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(name)) {
    const text = `dynamodb:${rest} names no table; an address looks like dynamodb:TABLE?region=…`;
    throw new AnnealError('invalid_request', text);
  }
  checkTenant(tenant);
  if (!/^[1-9]\d{1,3}$/.test(pace)) {
    const text = `dynamodb:${rest}: pace is '${pace}'; it is a number of milliseconds from 10 to 9999`;
    throw new AnnealError('invalid_request', text);
  }
  const endpoint = endpointOf('dynamodb', options);
  const client =
    settings instanceof DynamoDBClient
      ? settings
      : new DynamoDBClient({
          ...clientSettings(settings?.maxAttempts),
          ...(region !== undefined && { region }),
          ...(endpoint !== undefined && { endpoint }),
          ...settings,
        });
  if (check) await checkTable(client, name);
  return { client, table: tableOf(DynamoDBDocumentClient.from(client), name), tenant, pace: Number(pace) };
}
