/** A published set: what is in it, and where to get it. */
import type { PublishedFile, Source } from '../sources/source.ts';

export interface Published {
  readonly name: string;
  readonly files: Readonly<Record<string, PublishedFile>>;
  /** Tried in order. */
  readonly sources: readonly Source[];
}

/** A set of images. */
export interface PublishedSet extends Published {
  readonly classNames: readonly string[];
  /** In the IDX format: images and labels to train on, images and labels to test on. */
  readonly files: {
    readonly trainingImages: PublishedFile;
    readonly trainingLabels: PublishedFile;
    readonly testImages: PublishedFile;
    readonly testLabels: PublishedFile;
  };
}
