/** What a module may use. */
export interface Limits {
  /** Of wall-clock time, start of the process included. */
  readonly seconds: number;
  /** Of memory in all, TF.js included. */
  readonly mebibytes: number;
}

/** TF.js alone takes about 100 MiB. */
export const limits: Limits = { seconds: 60, mebibytes: 1024 };
export const LEAST_MEBIBYTES = 256;
