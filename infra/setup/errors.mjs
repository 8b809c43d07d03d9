/** What can stop the set-up. The message is one sentence: what is missing, and how to get it. */

/**
 * @typedef {import('./index.d.mts').SetUpErrorCode} SetUpErrorCode
 */

export class SetUpError extends Error {
  /**
   * @param {SetUpErrorCode} code
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'SetUpError';
    this.code = code;
  }
}

/** Reasons why TensorFlow cannot be built here, though nothing is broken: the stock binary may serve instead. */
const NOT_BUILDABLE = new Set([
  ...['no_python', 'no_pip', 'no_compiler', 'compile_failed', 'addon_unloadable', 'unsupported_platform'],
]);

/** @param {unknown} error @returns {error is SetUpError} */
export const isNotBuildable = (error) => error instanceof SetUpError && NOT_BUILDABLE.has(error.code);

export const interrupted = () => new SetUpError('interrupted', 'Interrupted; nothing half-done is left, run it again.');

/** @param {string} folder @param {number} [needed] bytes @param {number} [free] bytes */
export function diskFull(folder, needed, free) {
  const amount =
    needed === undefined || free === undefined ? '' : ` (${megabytes(needed)} are needed, ${megabytes(free)} are free)`;
  return new SetUpError(
    'disk_full',
    `The disk that holds ${folder} is too full${amount}: free some space or name another folder in ANNEAL_CACHE.`,
  );
}

/**
 * A failure of the file system, as the user can act on it.
 * @param {unknown} error @param {string} folder the cache
 */
export function fromFileSystem(error, folder) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder);
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR') {
    const path = /** @type {NodeJS.ErrnoException} */ (error).path ?? folder;
    const remedy = path.startsWith(folder) ? 'name another cache folder in ANNEAL_CACHE' : 'make it writable';
    return new SetUpError('cache_unwritable', `${path} cannot be written (${code}): ${remedy}.`, { cause: error });
  }
  return error;
}

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
