/** A part of the set-up by itself. Only its index has declarations: what this gives is typed by its JSDoc alone. */
export const part = (name: string) => import(new URL(`../../infra/setup/${name}.mjs`, import.meta.url).href);
