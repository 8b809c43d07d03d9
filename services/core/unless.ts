/** An error that is an answer. */
import { AnnealError, type ErrorCode } from '@anneal/schemas';

/** Undefined where `asked` fails with this code; every other error is thrown. */
export async function unless<T>(code: ErrorCode, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AnnealError && error.code === code) return undefined;
    throw error;
  }
}
