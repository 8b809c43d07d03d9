/** A published set of images: what is in it, and where to get it. */
import type { PublishedFile, Source } from '../sources/source.ts';

export interface PublishedSet {
  /** As in the spec. */
  readonly name: string;
  readonly classNames: readonly string[];
  /** In the IDX format: images and labels to train on, images and labels to test on. */
  readonly files: {
    readonly trainingImages: PublishedFile;
    readonly trainingLabels: PublishedFile;
    readonly testImages: PublishedFile;
    readonly testLabels: PublishedFile;
  };
  /** Tried in order. */
  readonly sources: readonly Source[];
}
