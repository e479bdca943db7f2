import { AnsweredError, callDocument } from '../../client/call-document.js';
import { TokenRefreshDocument, ViewerShowDocument } from '../../client/generated/graphql.js';
import { type Profile } from '../account/profiles.js';
import { isLoopback } from '../account/server-address.js';
import type { Session } from '../account/session.js';
import { isClient, isRefreshToken } from '../account/target.js';
import { clientTokens } from '../account/tokens.js';
import { notSignedIn, wrongUsage } from '../failure.js';
import type { Act } from '../leaf.js';
import { clean } from '../output/clean.js';
import { passwordLogin } from './password-login.js';

interface Options {
  readonly email?: string;
  readonly withToken?: boolean;
}

type Keys = Omit<Profile, 'server' | 'user'>;

async function tokenFromInput({ host: { stdin } }: Session): Promise<string> {
  let text = '';
  for await (const chunk of stdin.setEncoding('utf8')) text += chunk;
  if (!text.trim()) throw wrongUsage('There is no token on standard input.');
  return text.trim();
}

async function keysOfToken({ nobody }: Session, token: string): Promise<Keys> {
  if (isClient(token)) return { accessToken: null, refreshToken: null, credentials: token };
  if (!isRefreshToken(token)) return { accessToken: token, refreshToken: null, credentials: null };
  const { tokenRefresh } = await callDocument(nobody, TokenRefreshDocument, {
    input: { refreshToken: token },
  });
  if (tokenRefresh.__typename !== 'TokenRefreshSuccess') throw notSignedIn(tokenRefresh.message);
  return {
    accessToken: tokenRefresh.accessToken,
    refreshToken: tokenRefresh.refreshToken,
    credentials: null,
  };
}

/** Whose token it is: nothing is kept that the server does not take. */
async function userOf({ nobody }: Session, { accessToken, credentials }: Keys): Promise<Profile['user']> {
  const token = credentials ? await clientTokens(nobody, credentials).current() : accessToken;
  const { viewer } = await callDocument({ ...nobody, token }, ViewerShowDocument, {}).catch((error) => {
    if (error instanceof AnsweredError && error.code === 'UNAUTHENTICATED') return { viewer: null };
    throw error;
  });
  if (!viewer) throw notSignedIn('The server does not take this token.');
  return viewer;
}

export const login: Act<Options> = async (session, { email, withToken }) => {
  const { out, target, host } = session;
  const { server, profiles, profileName } = target;
  if (!server.startsWith('https:') && !isLoopback(server))
    out.say(`Warning: ${server} is not encrypted; others on the way can read your password.`);
  if (!withToken && !host.stdin.isTTY)
    throw wrongUsage(
      'There is nobody to ask for a password.',
      'Give a token: holdfast login --with-token < token',
    );
  const keys = withToken
    ? await keysOfToken(session, await tokenFromInput(session))
    : await passwordLogin(session, email);
  const { id, name, role, timeZone } = await userOf(session, keys);
  profiles.write(profileName, { server, user: { id, name, role, timeZone }, ...keys });
  profiles.choose(profileName);
  if (out.isJson) out.json({ id, name, role, timeZone, server, profile: profileName });
  else out.say(`Signed in to ${server} as ${clean(name)} (${role}).`);
};
