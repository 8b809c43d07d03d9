/** Things that are opened one after the other, and undone last first. */

/** Told how to undo each thing as soon as it is done. */
export type Undoing = (undo: () => Promise<void>) => void;

/** What `open` returns, and what undoes all of it; what fails doesn't keep the rest from being undone. @throws what `open` throws, once
 *  all that it had done is undone */
export async function undoable<T>(
  open: (undoing: Undoing) => Promise<T>,
): Promise<{ value: T; close: () => Promise<void> }> {
  const done: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const undo of done.splice(0).reverse()) await undo().catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { value: await open((undo) => done.push(undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
