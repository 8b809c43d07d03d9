/** The stand-ins for AWS, pinned. Their folders in the cache carry these in their names. */

/** Amazon's own local DynamoDB, from Maven Central. Needs Java 17. */
export const DYNAMODB_LOCAL = '3.3.1';
/** Fetches it. */
export const DEPENDENCY_PLUGIN = '3.8.1';
/** Versity's gateway: S3 over a folder; from the Go module proxy. */
export const VERSITYGW = '1.8.0';
