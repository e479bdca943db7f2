/**
 * Why a socket is closed by us. The graphql-ws client comes back by itself after 1012, 1013 and 4403 (with a
 * new token where its parameters are a function) and gives up after 4401.
 */
export const CLOSE = {
  restart: [1012, 'The server restarts'],
  busy: [1013, 'Try again later'],
  internal: [1011, 'Internal error'],
  unauthorized: [4401, 'Unauthorized'],
  ended: [4403, 'The session or its token has ended'],
} as const satisfies Record<string, readonly [code: number, reason: string]>;

export type Closing = (typeof CLOSE)[keyof typeof CLOSE];
