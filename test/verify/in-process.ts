/** The realm of dist/ in a context of this process, for modules that are known to be harmless: a check takes milliseconds so. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import type { Finding } from '@anneal/schemas';
import { bundleModule } from '@anneal/usercode';

const realm = readFileSync(fileURLToPath(new URL('../../dist/realm/realm.js', import.meta.url)), 'utf8');

export interface Answer {
  readonly made?: unknown;
  readonly error?: { readonly message: string; readonly stack: string };
}

export class Realm {
  readonly #context = createContext(Object.create(null));

  constructor() {
    this.run(realm);
  }

  run(code: string): unknown {
    return new Script(code).runInContext(this.#context);
  }

  answer(ask: string): Answer {
    return JSON.parse(String(this.run(ask)));
  }

  async check(file: string): Promise<Finding[]> {
    this.run((await bundleModule(file)).code);
    const { made, error } = this.answer('anneal.check()');
    if (error) throw new Error(`${file}: ${error.message}\n${error.stack}`);
    return made as Finding[];
  }
}
