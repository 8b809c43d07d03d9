/** For `node --import`: from here on, loading a client of AWS is an error. */
import { register } from 'node:module';

const hooks = `
  export async function resolve(specifier, context, next) {
    if (/^@(aws-sdk|smithy)\\//.test(specifier)) throw new Error('a client of AWS is loaded: ' + specifier);
    return next(specifier, context);
  }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
