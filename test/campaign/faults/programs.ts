/** The programs of the campaign, bundled: they are started so often that compiling them each time would be most of the work. */
import { fileURLToPath } from 'node:url';
import { buildPrograms } from '../../../infra/build/main.mjs';

const FOLDER = 'node_modules/.cache/anneal-campaign';
const ENTRIES = {
  runner: 'test/campaign/faults/runner.ts',
  service: 'test/campaign/faults/service.ts',
  trainer: 'services/runner/trainer-thread.ts',
};

const fileOf = (name: keyof typeof ENTRIES): string =>
  fileURLToPath(new URL(`../../../${FOLDER}/${name}.js`, import.meta.url));

export const programs = { runner: fileOf('runner'), service: fileOf('service') };

export const preparePrograms = (): Promise<unknown> => buildPrograms(FOLDER, ENTRIES);
