/** Bundles the reconciler for AWS Lambda; returns its folder, which holds `index.mjs` with `handler`. */
export declare function buildReconciler(): Promise<string>;
