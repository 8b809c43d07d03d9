/** Artifacts: immutable named blobs of a job, and the manifest that lists them, written last. */
import { z } from 'zod';

/** As in `checkpoints/epoch-003-val-0.9123/weights.safetensors`: relative, no `..`, no empty part. */
export const artifactName = z
  .string()
  .max(512)
  .regex(
    /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    'must be a relative path of letters, digits, ., _ and -',
  )
  .meta({ id: 'ArtifactName' });

export const artifact = z
  .object({
    name: artifactName,
    size: z.int().nonnegative().describe('Bytes.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Of the bytes, in hexadecimal.'),
    contentType: z.string(),
  })
  .meta({ id: 'Artifact' });

export type Artifact = z.output<typeof artifact>;

export const manifest = z
  .object({
    jobId: z.string(),
    attempt: z.int().positive(),
    createdAt: z.iso.datetime(),
    artifacts: z.array(artifact),
  })
  .meta({ id: 'Manifest', description: 'The artifacts of a finished job; written last. No manifest, no success.' });

export type Manifest = z.output<typeof manifest>;

export const artifactList = z
  .object({
    jobId: z.string(),
    complete: z.boolean().describe('Whether the manifest is there: nothing will be added.'),
    artifacts: z.array(artifact.extend({ attempt: z.int().describe('The execution that made it.') })),
  })
  .meta({ id: 'ArtifactList', description: 'The artifacts of a job, by name; of two attempts the later one wins.' });

export type ArtifactList = z.output<typeof artifactList>;
