import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { createClient } from 'graphql-ws';
import { HTTP_URL, SOCKET_URL } from './endpoint.js';
import type { Session } from './session.js';

const SIGN_IN_FIRST = { errors: [new GraphQLError('Sign in first: the form is at the top right.')] };
const isSubscription = (query: string) => /^\s*(#[^\n]*\n\s*)*subscription\b/.test(query);

/** Runs what the editor holds: queries and mutations over HTTP, subscriptions over one socket. */
export function createFetcher(session: Session): Fetcher {
  const sockets = createClient({
    url: SOCKET_URL,
    retryAttempts: Number.POSITIVE_INFINITY,
    // Asked anew at each connection, so that a socket closed with 4403 comes back with a fresh token.
    connectionParams: async () => ({ authorization: `Bearer ${await session.token()}` }),
  });
  session.subscribe(() => sockets.terminate());
  const run = createGraphiQLFetcher({
    url: HTTP_URL,
    wsClient: sockets,
    enableIncrementalDelivery: false,
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const token = await session.token();
      const headers = new Headers(init?.headers);
      if (token) headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
  });
  return (params, options) =>
    isSubscription(params.query) && session.person() === null ? SIGN_IN_FIRST : run(params, options);
}
