/** Pages of a list; `for await` over one goes on to the following pages by itself. */
export class Page<T> implements AsyncIterable<T> {
  readonly #fetchPage: (cursor: string) => Promise<Page<T>>;

  constructor(
    readonly items: readonly T[],
    /** Names the next page; null at the end. */
    readonly next: string | null,
    fetchPage: (cursor: string) => Promise<Page<T>>,
  ) {
    this.#fetchPage = fetchPage;
  }

  /** Undefined at the end. */
  async nextPage(): Promise<Page<T> | undefined> {
    return this.next === null ? undefined : this.#fetchPage(this.next);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for (let page: Page<T> | undefined = this; page; page = await page.nextPage()) yield* page.items;
  }
}

/** A page that is on its way: can be awaited, or iterated at once. */
export class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  /** What `then` makes are ordinary promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    yield* await this;
  }
}
