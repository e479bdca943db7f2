import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { globalId } from '../../src/domain/ids.js';

export interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** What a subscriber was told, in the order of arrival. */
export interface Told {
  readonly __typename: 'AvailabilitySnapshot' | 'AvailabilityChange';
  readonly resource: { readonly id: string };
  readonly version: number;
  readonly cursor: string;
  readonly cause?: string;
  readonly busy?: readonly Span[];
  readonly freed?: Span | null;
  readonly taken?: Span | null;
  readonly areRulesChanged?: boolean;
}

export interface Watcher {
  readonly told: Told[];
  /** Close codes of its sockets so far. */
  readonly closed: number[];
  /** The changes alone. */
  changes(): Told[];
  /** The newest cursor of each resource. */
  cursors(): string[];
  stop(): void;
}

const DOCUMENT = `subscription($resources: [ID!]!, $window: WindowInput!, $after: [String!]) {
  availability(resources: $resources, window: $window, after: $after) {
    __typename
    ... on AvailabilitySnapshot { resource { id } version cursor cause busy { startsAt endsAt } }
    ... on AvailabilityChange { resource { id } version cursor areRulesChanged
      freed { startsAt endsAt } taken { startsAt endsAt } }
  } }`;

/**
 * Records what a subscriber is told. After a lost connection it comes back by itself with the cursors that it
 * has, to the instance that `wsUrl` names by then.
 */
export function watch(
  wsUrl: string | (() => string),
  token: string,
  resourceIds: readonly string[],
  window: Span,
  after: readonly string[] = [],
): Watcher {
  const told: Told[] = [];
  const closed: number[] = [];
  const cursors = new Map<string, string>();
  let stopped = false;
  let client: Client | null = null;
  const open = () => {
    const mine = createClient({
      url: wsUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
      on: { closed: (event) => void closed.push((event as { code: number }).code) },
    });
    client = mine;
    const again = () => {
      void mine.dispose();
      if (!stopped) setTimeout(open, 100);
    };
    const resumed = cursors.size > 0 ? [...cursors.values()] : after;
    const variables = {
      resources: resourceIds.map((id) => globalId('Resource', id)),
      window,
      ...(resumed.length > 0 && { after: resumed }),
    };
    mine.subscribe<{ availability: Told }>(
      { query: DOCUMENT, variables },
      {
        next: ({ data }) => {
          if (!data) return;
          told.push(data.availability);
          cursors.set(data.availability.resource.id, data.availability.cursor);
        },
        error: again,
        complete: again,
      },
    );
  };
  open();
  return {
    told,
    closed,
    changes: () => told.filter(({ __typename }) => __typename === 'AvailabilityChange'),
    cursors: () => [...cursors.values()],
    stop() {
      stopped = true;
      void client?.dispose();
    },
  };
}
