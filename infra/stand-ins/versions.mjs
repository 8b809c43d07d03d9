/** The stand-ins for AWS, pinned. Their folders in the cache carry these in their names. */

/** Amazon's own local DynamoDB, from Maven Central. Needs Java 17. */
export const DYNAMODB_LOCAL = '3.3.1';
/** Fetches it. */
export const DEPENDENCY_PLUGIN = '3.8.1';
/** Versity's gateway: S3 over a folder; from the Go module proxy. */
export const VERSITYGW = '1.8.0';
/** The runtime that AWS's own images of Lambda have, from npm: built with cmake, autoconf, automake, libtool and m4. The newest for Node 20. */
export const LAMBDA_RIC = '3.3.0';
/** SQS in memory, from Maven Central. Needs Java. */
export const ELASTICMQ = '1.7.1';
/** moto, and what its server needs; from PyPI. Needs Python 3.10. */
export const MOTO = '5.2.5';
export const MOTO_PACKAGES = [`moto==${MOTO}`, 'flask==3.1.3', 'flask-cors==6.0.5'];
