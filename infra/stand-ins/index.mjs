export { NoStandIn } from './entry.mjs';
export { startDynamodb, startMoto, startS3 } from './start.mjs';
