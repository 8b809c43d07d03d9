/** Where the examples of a run lie, as its checkpoints remember it: the order of the steps depends on it. */
import { type DataSet, isStreamed, type WindowSize } from './data-set.ts';

export type PlaceDecided = { readonly place: 'memory' } | { readonly place: 'file'; readonly window: WindowSize };

export const decidedOf = (data: DataSet): PlaceDecided =>
  isStreamed(data) ? { place: 'file', window: data.window } : { place: 'memory' };
