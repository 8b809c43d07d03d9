/** A file that `anneal check` has read and is going to check. */
import type { Run } from '../attended.ts';
import type { Context } from '../context.ts';
import type { FileReport } from './report.ts';

export interface Prepared {
  readonly file: string;
  /** What the service finds wrong with a spec, before it runs. @throws InputError */
  validate?(context: Context): Promise<void>;
  /** A spec is checked by a job; a module needs none. @throws InputError */
  report(context: Context, run: Run | null): Promise<FileReport>;
  readonly needsService: boolean;
}
