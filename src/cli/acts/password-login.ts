import { callDocument } from '../../client/call-document.js';
import {
  SignInConfirmDocument,
  SignInDocument,
  type SignInMutation,
} from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import { interrupted, notSignedIn } from '../failure.js';

interface Keys {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly credentials: null;
}

type Challenge = Extract<SignInMutation['signIn'], { __typename: 'SecondFactorRequired' }>;

const MOST_CODES = 3;

const keysOf = ({ accessToken, refreshToken }: Omit<Keys, 'credentials'>): Keys => ({
  accessToken,
  refreshToken,
  credentials: null,
});

/** Asks on standard error, so that standard output has the result alone. */
async function asked(session: Session, kind: 'text' | 'password', message: string): Promise<string> {
  const { text, password, isCancel } = await import('@clack/prompts');
  const { stdin: input, stderr: output } = session.host;
  const said = await (kind === 'text' ? text : password)({ message, input, output, withGuide: false });
  if (isCancel(said)) throw interrupted();
  return said ?? '';
}

/** Asks for address and password, and for a code where the server wants one. */
export async function passwordLogin(session: Session, given: string | undefined): Promise<Keys> {
  const email = given ?? (await asked(session, 'text', `Address at ${session.target.server}`));
  const password = await asked(session, 'password', 'Password');
  const { signIn } = await callDocument(session.nobody, SignInDocument, { input: { email, password } });
  if (signIn.__typename === 'SignInSuccess') return keysOf(signIn);
  if (signIn.__typename === 'SecondFactorRequired') return secondFactor(session, signIn);
  throw notSignedIn(signIn.message);
}

async function secondFactor(session: Session, { challenge, methods, mustEnrol }: Challenge): Promise<Keys> {
  if (mustEnrol)
    throw notSignedIn(
      'Your role demands a second factor and you have none: sign in by a browser once to add it.',
    );
  if (!methods.some((method) => method !== 'PASSKEY'))
    throw notSignedIn('Your second factor is a passkey, which a terminal cannot ask for: use --with-token.');
  for (let left = MOST_CODES; ; left--) {
    const code = await asked(session, 'text', 'Code of your app, or a recovery code');
    const { signInConfirm } = await callDocument(session.nobody, SignInConfirmDocument, {
      input: { challenge, code },
    });
    if (signInConfirm.__typename === 'SignInConfirmSuccess') return keysOf(signInConfirm);
    if (signInConfirm.__typename !== 'FactorRefused' || left <= 1) throw notSignedIn(signInConfirm.message);
    session.out.say(signInConfirm.message);
  }
}
