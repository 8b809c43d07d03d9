/** How the examples of a step are cut into batches when gradients are accumulated. */

/** Sizes of the batches, at most `batchSize` each; the remainder comes last. */
export function splitBatch(examples: number, batchSize: number): number[] {
  const whole = Math.floor(examples / batchSize);
  const rest = examples - whole * batchSize;
  return [...new Array<number>(whole).fill(batchSize), ...(rest > 0 ? [rest] : [])];
}

/** Batches of one step draw differently; the first one draws by the seed itself. */
export const batchSeed = (seed: number, index: number): number => (seed ^ Math.imul(index, 0x85ebca6b)) | 0;
