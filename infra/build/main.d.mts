/** Builds what has changed. Returns the folders that were built. */
export declare function buildAll(): Promise<string[]>;
/** The same of the functions of Lambda, into `dist/lambda/NAME/`. */
export declare function buildLambda(): Promise<string[]>;
/** The same of programs of the tests (name -> source), into a folder of this checkout, below which their packages are found. */
export declare function buildPrograms(folder: string, entries: Readonly<Record<string, string>>): Promise<string[]>;
