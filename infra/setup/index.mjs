export { examine } from './doctor.mjs';
export { SetUpError } from './errors.mjs';
export { setUp } from './set-up.mjs';
