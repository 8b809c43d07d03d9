/** Why a run stays RUNNABLE, for people. Source: AWS Batch's user guide, "Jobs stuck in a RUNNABLE status". */

/** Batch's code -> what it means and what can be done. */
const REASONS: Readonly<Record<string, string>> = {
  'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY':
    'AWS has no free machine of the kinds that the queue may use; it starts when one is free, other kinds or zones may have some',
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE':
    "it asks for more than the queue's compute environments may have at once; raise their maximum of vCPUs or ask for less",
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT':
    'no kind of machine of the queue has the vCPUs, memory and GPUs that the job definition asks for; a machine has less free memory than its size says',
  'MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS': "Batch's service role may not start machines; give it back its rights",
};

/** Undefined as long as Batch gives no reason: then it only waits its turn. */
export function whyItWaits(statusReason: string): string | undefined {
  if (!statusReason) return undefined;
  const code = /^[A-Z_]+:[A-Z_]+/.exec(statusReason)?.[0] ?? '';
  const words = REASONS[code];
  return `no machine for its runner yet: ${words ? `${words} (${statusReason})` : statusReason}`;
}
