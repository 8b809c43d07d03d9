/** Names of the Parquet parts of the metrics: `metrics/KIND-FROM-TO.parquet`, with the first and the last step in it. */
export const PARQUET = 'application/vnd.apache.parquet';

export const partName = (kind: 'steps' | 'epochs' | 'observations' | 'histograms', from: number, to: number): string =>
  `metrics/${kind}-${pad(from)}-${pad(to)}.parquet`;

const pad = (step: number): string => String(step).padStart(12, '0');
