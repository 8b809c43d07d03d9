/** A module of the user's own code, as a spec carries it: as text, so that a job is whole without the machine that it was written on. */
import { z } from 'zod';

/** Characters of a module: what it imports of its own is bundled into it before. */
export const MOST_CODE = 100_000;

export const ownCode = () => ({
  code: z
    .string()
    .min(1)
    .max(MOST_CODE)
    .describe(
      `Text of a TypeScript or JavaScript module, at most ${MOST_CODE} characters. It may import TF.js and nothing else: the command line puts it here in the place of \`file\`, with what it imports bundled in.`,
    ),
  fileName: z
    .string()
    .regex(/^[\w.@ -]{1,120}\.(?:ts|mts|tsx|js|mjs|jsx)$/, 'must be the name of a file that ends in .ts or .js')
    .default('module.ts')
    .describe('What its errors call the file; the ending says whether it is TypeScript.'),
});

export interface OwnModule {
  readonly code: string;
  /** Of its file, for messages. */
  readonly name: string;
}

/** The module of a part of a spec. */
export const moduleOf = ({ code, fileName }: { readonly code: string; readonly fileName: string }): OwnModule => ({
  code,
  name: fileName,
});
