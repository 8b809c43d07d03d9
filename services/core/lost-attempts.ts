/**
 * Ends the reason of every return to the queue that counts as a lost attempt, whoever noticed the loss: a store that reaps, or the
 * scheduler. Leaving when asked to is no loss.
 */
export const TRIED_AGAIN = 'it will be tried again';
