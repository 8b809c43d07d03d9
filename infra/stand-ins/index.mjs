export { composeReader } from './compose-go.mjs';
export { NoStandIn } from './entry.mjs';
export { startFunction } from './lambda/function-url.mjs';
export { listens } from './owned-port.mjs';
export { start as startProgram, startDynamodb, startMoto, startS3, startSqs } from './start.mjs';
