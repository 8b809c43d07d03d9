/**
 * What TensorFlow's library reads from the environment when it loads. To be set in the main thread of the process: a worker thread has
 * only a copy of the environment. Values given from outside stay.
 */
const defaults = {
  /** Warnings and errors only. */
  TF_CPP_MIN_LOG_LEVEL: '2',
  /** oneDNN's convolutions and matrix products. Off by default on processors without AVX-512, where they still win: 1.5 to 2 times for convolutions. */
  TF_ENABLE_ONEDNN_OPTS: '1',
} as const;

export function setTensorFlowEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(defaults)) environment[name] ??= value;
}

/** Those that the bits of a run depend on. */
export const numericFlags = (environment: NodeJS.ProcessEnv = process.env): string =>
  `oneDNN ${environment.TF_ENABLE_ONEDNN_OPTS ?? 'default'}, deterministic ${environment.TF_DETERMINISTIC_OPS ?? '0'}`;
