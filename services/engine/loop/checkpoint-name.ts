/** Names of checkpoints: `checkpoints/epoch-003-val-0.9123`, or `checkpoints/epoch-002-step-000001234` in the middle of an epoch. */
export function checkpointName(
  step: number,
  stepsPerEpoch: number,
  judged: { loss: number; score: number } | null,
  labels: 'class' | 'values',
): string {
  const epoch = `epoch-${String(Math.ceil(step / stepsPerEpoch)).padStart(3, '0')}`;
  const middle = step % stepsPerEpoch === 0 ? '' : `-step-${String(step).padStart(9, '0')}`;
  const score =
    judged === null
      ? ''
      : labels === 'class'
        ? `-val-${judged.score.toFixed(4)}`
        : `-val-loss-${judged.loss.toPrecision(4)}`;
  return `checkpoints/${epoch}${middle}${score}`.replace('+', '');
}
