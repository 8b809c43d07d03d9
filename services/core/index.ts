/** The core: ports and the adapters that need no cloud. */
export type * from './ports/artifact-store.ts';
export type * from './ports/job-store.ts';
export type * from './ports/launcher.ts';
export type * from './ports/rate-limiter.ts';
export type * from './ports/record-store.ts';
