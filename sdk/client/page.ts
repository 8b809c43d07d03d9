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
export class PagePromise<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #page: Promise<Page<T>>;

  constructor(page: Promise<Page<T>>) {
    this.#page = page;
  }

  // biome-ignore lint/suspicious/noThenProperty: a promise is what it is meant to be
  then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#page.then(onFulfilled, onRejected);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    yield* await this.#page;
  }
}
