/** The SQLite file of the jobs: opening, its tables and their version, transactions, and SQLite's errors in our words. */
import { AnnealError } from '@anneal/schemas';
import { DatabaseSync } from '@photostructure/sqlite';

/** Grows with every change of the tables; written into the file. */
const VERSION = 2;

/** Milliseconds that a transaction waits for another process. */
const BUSY_MILLISECONDS = 10_000;

/** SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN. */
const OUT_OF_REACH: readonly number[] = [8, 10, 14];
/** The operating system's ENOSPC. */
const NO_SPACE = 28;

const TABLES = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    progress TEXT,
    state_since INTEGER NOT NULL,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_runner TEXT,
    lease_until INTEGER
  ) STRICT;
  CREATE INDEX jobs_by_state ON jobs (state, number);
  CREATE TABLE tags (
    job TEXT NOT NULL REFERENCES jobs (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key, value, job)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE events (
    job TEXT NOT NULL REFERENCES jobs (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE idempotency (
    key TEXT PRIMARY KEY,
    body_hash TEXT NOT NULL,
    job TEXT NOT NULL REFERENCES jobs (id),
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_by_age ON idempotency (at);
`;

/** What version 2 has besides. */
const RECORDS = `
  CREATE TABLE records (
    tenant TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (tenant, collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL REFERENCES jobs (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
`;

export type Database = InstanceType<typeof DatabaseSync>;

/** Opens the file or makes it. @throws AnnealError if it is of a newer version or another program, damaged or out of reach */
export function openDatabase(file: string, busyMilliseconds = BUSY_MILLISECONDS): Database {
  return translating(() => {
    const database = new DatabaseSync(file, { timeout: busyMilliseconds });
    try {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
      transaction(database, () => migrate(database, file));
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function migrate(database: Database, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === VERSION) return;
  if (version > VERSION) {
    throw new AnnealError(
      'store_unavailable',
      `${file} was written by a newer Anneal (format ${version}, this one reads ${VERSION}); update this one`,
    );
  }
  // Version 0 is what a new file has, and a file of most other programs.
  if (version === 0 && database.prepare('SELECT 1 FROM sqlite_schema').get()) {
    throw new AnnealError('conflict', `${file} is the database of another program; give the jobs a file of their own`);
  }
  if (version === 0) database.exec(TABLES);
  database.exec(RECORDS);
  database.exec(`PRAGMA user_version = ${VERSION}`);
}

/** Runs `code` in one immediate transaction: nobody else writes meanwhile, and all of it happens or nothing. */
export function transaction<T>(database: Database, code: () => T): T {
  return translating(() => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = code();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  });
}

/** Runs `code`, with SQLite's errors told as the port tells them. */
export function translating<T>(code: () => T): T {
  try {
    return code();
  } catch (cause) {
    if (cause instanceof AnnealError) throw cause;
    const text = cause instanceof Error ? cause.message : String(cause);
    const { errcode = 0, systemErrno } = cause as { errcode?: number; systemErrno?: number };
    if (/full/i.test(text) || (errcode !== 0 && systemErrno === NO_SPACE))
      throw new AnnealError('disk_full', 'the disk that holds the jobs is full', null, [], { cause });
    if (/locked|busy/i.test(text)) {
      throw new AnnealError('store_unavailable', 'the jobs are busy: another process holds them', null, [], { cause });
    }
    if (/malformed|not a database|corrupt/i.test(text)) {
      throw new AnnealError('store_unavailable', `the file of the jobs is damaged: ${text}`, null, [], { cause });
    }
    if (OUT_OF_REACH.includes(errcode & 0xff)) {
      throw new AnnealError('store_unavailable', `the file of the jobs can't be used: ${text}`, null, [], { cause });
    }
    throw cause;
  }
}
