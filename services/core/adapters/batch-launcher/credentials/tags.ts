/** Keys of the tags of a job's session: the policy of the job role names them, and the function that hands credentials out sets them. */
export const TAGS = { tenant: 'anneal:tenant', job: 'anneal:job' } as const;
