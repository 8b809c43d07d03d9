/** Users' own code: bundled, and checked in a confined process. Loads no TensorFlow. */
export { bundleModule, isModule, type ModuleBundle } from './bundle.ts';
export { frameOf, ModuleFault } from './fault.ts';
export { LEAST_MEBIBYTES, type Limits, limits } from './limits.ts';
export { type Audit, auditOps, checkModule, type ModuleReport } from './report.ts';
