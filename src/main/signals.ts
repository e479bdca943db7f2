/** A signal can arrive twice at once: from the terminal or the service manager, and passed on by the launcher. */
const SAME_MS = 1_000;

/**
 * Calls `first` at the first SIGINT, SIGTERM or SIGHUP and `again` at any that comes a second later or more.
 * Returns how to stop listening.
 */
export function onStopSignal(first: (signal: string) => void, again: (signal: string) => void): () => void {
  let since: number | null = null;
  const heard = (signal: string) => {
    if (since === null) {
      since = performance.now();
      first(signal);
    } else if (performance.now() - since >= SAME_MS) again(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, heard);
  return () => {
    for (const signal of signals) process.off(signal, heard);
  };
}
