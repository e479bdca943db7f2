import type { WireMessage } from './wire-message.js';

/** A broker's connection, as far as a bus needs one. It reconnects by itself until it is closed. */
export interface Wire {
  readonly name: string;
  /** The most resources that fit into one message. */
  readonly limit: number;
  /**
   * Begins to connect. `heard` gets every message of every process. `back` says that a subscription stands
   * again after an attempt has failed or a connection was lost. Resolves with the first subscription.
   */
  open(heard: (message: unknown) => void, back: () => void): Promise<void>;
  /** Rejects soon when the broker is away or silent. */
  send(message: WireMessage): Promise<void>;
  /** Whether the connection stands, as far as it is known. */
  connected(): boolean;
  /** Drops a connection that has gone silent, so that a new one is made. */
  reconnect(): void;
  close(): Promise<void>;
}
