/**
 * Records in the table of the jobs: `TENANT#record#COLLECTION`, and the id. What belongs to the service as a whole begins with `#`,
 * before which no tenant's name stands.
 */
import { randomUUID } from 'node:crypto';
import type { Collection, RecordStore, StoredRecord } from '../../ports/record-store.ts';
import { checkedJson } from '../../record-rules.ts';
import { openTable, type TableClient } from '../dynamodb-job-store/open.ts';
import type { Item } from '../dynamodb-job-store/table.ts';

const partition = ({ tenant, name }: Collection): string => `${tenant ?? ''}#record#${name}`;

const recordOf = ({ sk, version, value }: Item): StoredRecord => ({
  id: sk as string,
  version: version as number,
  value: JSON.parse(value as string),
});

/** Opens the store at `TABLE?region=…&endpoint=…`; the tenant that an address may name does not matter here. @throws as `openTable` */
export async function dynamodbRecordStore(
  rest: string,
  { client: settings, check }: { readonly client?: TableClient; readonly check?: boolean } = {},
): Promise<RecordStore> {
  const { client, table } = await openTable(rest, settings, check);
  return {
    async get(collection, id) {
      const item = await table.get({ pk: partition(collection), sk: id });
      return item && recordOf(item);
    },

    async put(collection, id, value, version) {
      const key = { pk: partition(collection), sk: id };
      const by = randomUUID();
      const Item = { ...key, version: (version ?? 0) + 1, value: checkedJson(id, value), by };
      const condition =
        version === null
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': version },
            };
      if (await table.put({ Item, ...condition })) return true;
      // A request whose answer was lost is sent again, and then meets what it has written itself.
      return (await table.get(key))?.by === by;
    },

    async remove(collection, id) {
      await table.remove({ pk: partition(collection), sk: id });
    },

    async list(collection, { limit, after }) {
      const found: StoredRecord[] = [];
      for (let last = after; found.length < limit; ) {
        const { Items = [], LastEvaluatedKey } = await table.query({
          KeyConditionExpression: `pk = :pk${last === undefined ? '' : ' AND sk > :last'}`,
          ExpressionAttributeValues: { ':pk': partition(collection), ...(last !== undefined && { ':last': last }) },
          Limit: limit - found.length,
        });
        found.push(...Items.map(recordOf));
        if (!LastEvaluatedKey) break;
        last = LastEvaluatedKey.sk as string;
      }
      return found;
    },

    close: async () => client.destroy(),
  };
}
