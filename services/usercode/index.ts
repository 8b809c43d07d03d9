/** Users' own code: bundled, and checked in a confined process. Loads no TensorFlow. */
export { bundleModule, isModule, type ModuleBundle } from './bundle.ts';
export { frameOf, ModuleFault, placed } from './fault.ts';
export { LEAST_MEBIBYTES, type Limits, limits } from './limits.ts';
export { moduleText } from './module-text.ts';
export { RecordThread } from './record-ahead.ts';
export { recordFunctions } from './record-functions.ts';
export { type Audit, auditOps, checkModule, checkText, type ModuleReport } from './report.ts';
