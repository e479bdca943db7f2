import type { Ctx } from '../../src/domain/act.js';
import { type ClientWithSecret, createClient } from '../../src/domain/clients/create-client.js';
import { globalId } from '../../src/domain/ids.js';
import { SCOPES } from '../../src/domain/scopes.js';
import type { ClientFields } from '../../src/sql/clients/write-client.js';

import { person } from './people.js';
import type { Answered, TestServer } from './server.js';

export interface MadeClient extends ClientWithSecret {
  /** The client_id. */
  readonly id: string;
}

let count = 0;

/** An API client that an administrator has added, by default with every scope and the role of a member. */
export async function apiClient(ctx: Ctx, facts: Partial<ClientFields> = {}): Promise<MadeClient> {
  const { viewer } = await person(ctx.db, 'ADMINISTRATOR');
  const made = await createClient(
    { ...ctx, viewer },
    {
      name: `Client ${++count}`,
      role: 'MEMBER',
      ownerId: viewer.userId,
      scopes: SCOPES,
      persistedOnly: false,
      perMinute: 1_000_000,
      perDay: null,
      expiresAt: null,
      ...facts,
    },
  );
  if ('kind' in made) throw new Error(made.message);
  return { ...made, id: globalId('ApiClient', made.client.id) };
}

export const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** Asks for a token by the client's credentials in the form, or by whatever is given instead. */
export const askForToken = (
  server: TestServer,
  parameters: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<Answered> =>
  server.fetch('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(parameters).toString(),
  });

/** A token that must be given. */
export async function tokenOf(
  server: TestServer,
  { id, secret }: MadeClient,
  scope?: string,
): Promise<string> {
  const answer = await askForToken(server, {
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    ...(scope !== undefined && { scope }),
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.access_token;
}
