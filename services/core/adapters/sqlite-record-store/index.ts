/** Records in the SQLite file of the jobs. */
import type { Collection, RecordStore, StoredRecord } from '../../ports/record-store.ts';
import { checkedJson } from '../../record-rules.ts';
import { openDatabase, translating } from '../sqlite-job-store/database.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly value: string;
}

const recordOf = ({ id, version, value }: Row): StoredRecord => ({ id, version, value: JSON.parse(value) });

/** No tenant is called so. */
const SERVICE = '';

const placeOf = ({ tenant, name }: Collection): [string, string] => [tenant ?? SERVICE, name];

export function sqliteRecordStore(file: string): RecordStore {
  const database = openDatabase(file);
  const place = 'tenant = ? AND collection = ?';
  const byId = database.prepare(`SELECT id, version, value FROM records WHERE ${place} AND id = ?`);
  const page = database.prepare(`SELECT id, version, value FROM records WHERE ${place} AND id > ? ORDER BY id LIMIT ?`);
  const insert = database.prepare(
    'INSERT INTO records (tenant, collection, id, version, value) VALUES (?, ?, ?, 1, ?) ON CONFLICT DO NOTHING',
  );
  const update = database.prepare(
    `UPDATE records SET version = version + 1, value = ? WHERE ${place} AND id = ? AND version = ?`,
  );
  const remove = database.prepare(`DELETE FROM records WHERE ${place} AND id = ?`);
  return {
    async get(collection, id) {
      const row = translating(() => byId.get(...placeOf(collection), id)) as Row | undefined;
      return row && recordOf(row);
    },
    async put(collection, id, value, version) {
      const json = checkedJson(id, value);
      const { changes } = translating(() =>
        version === null
          ? insert.run(...placeOf(collection), id, json)
          : update.run(json, ...placeOf(collection), id, version),
      );
      return Number(changes) === 1;
    },
    async remove(collection, id) {
      translating(() => remove.run(...placeOf(collection), id));
    },
    async list(collection, { limit, after = '' }) {
      const rows = translating(() => page.all(...placeOf(collection), after, limit)) as unknown as Row[];
      return rows.map(recordOf);
    },
    close: async () => database.close(),
  };
}
