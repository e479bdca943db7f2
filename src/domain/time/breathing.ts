const SLICE_MS = 20;

/** For long searches: lets others have their turn whenever 20 ms have been worked through. */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise(setImmediate);
    since = performance.now();
  };
}
