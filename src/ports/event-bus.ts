/** What a wake-up says: only that something has changed, never what. The facts are in PostgreSQL. */
export type Wake =
  | { readonly kind: 'streams'; readonly resourceIds: readonly string[] }
  | { readonly kind: 'sessions' }
  | { readonly kind: 'operations' };

/**
 * Wakes readers in every process. Delivery is at most once and may be late or lost at any time: readers
 * catch up by themselves from PostgreSQL at an interval, a wake-up only makes them quicker.
 */
export interface EventBus {
  /** Never rejects and never waits for an answer that does not come: failures are logged and forgotten. */
  wake(wake: Wake): void;
  /** Calls back for every wake-up of any process, this one included. Resolves once subscribed; call the result to stop. */
  listen(listener: (wake: Wake) => void): Promise<() => void>;
  /** Called after the connection was lost and is back: whatever was woken meanwhile is unknown. */
  onGap(listener: () => void): void;
  /** Whether wake-ups pass at this moment, for readiness. */
  healthy(): boolean;
  close(): Promise<void>;
}
