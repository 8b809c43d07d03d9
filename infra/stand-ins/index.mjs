export { composeReader } from './compose-go.mjs';
export { NoStandIn } from './entry.mjs';
export { startDynamodb, startS3 } from './start.mjs';
