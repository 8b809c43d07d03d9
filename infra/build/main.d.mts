/** Builds what has changed. Returns the folders that were built. */
export declare function buildAll(): Promise<string[]>;
/** The same of the functions of Lambda, into `dist/lambda/NAME/`. */
export declare function buildLambda(): Promise<string[]>;
