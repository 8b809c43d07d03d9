export { composeReader } from './compose-go.mjs';
export { NoStandIn } from './entry.mjs';
export { startFunction } from './lambda/function-url.mjs';
export { startDynamodb, startMoto, startS3, startSqs } from './start.mjs';
