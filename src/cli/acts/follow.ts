import { setTimeout as pause } from 'node:timers/promises';
import { AnsweredError, type Document, NoAnswer } from '../../client/call-document.js';
import { watchDocument } from '../../client/watch-document.js';
import type { Session } from '../account/session.js';
import { notSignedIn } from '../failure.js';

const LONGEST_WAIT_MS = 15_000;

/**
 * Follows a subscription for as long as the command runs: with a new token when the old one has ended, and over another
 * connection when one is lost, each time with the variables of then. What cannot be reached at all ends it.
 */
export async function* follow<TResult, TVariables>(
  session: Session,
  document: Document<TResult, TVariables>,
  variables: () => TVariables,
): AsyncGenerator<TResult> {
  const { tokens, nobody, out } = session;
  let token = await tokens.current();
  let [hasHeard, isFresh, lost] = [false, false, 0];
  for (;;) {
    if (token === null) throw notSignedIn(hasHeard ? 'Your session has ended.' : undefined);
    try {
      for await (const event of watchDocument({ ...nobody, token }, document, variables())) {
        if (lost > 0) out.say('Connected again.');
        [hasHeard, isFresh, lost] = [true, false, 0];
        yield event;
      }
      throw new NoAnswer(`${nobody.server} has ended the connection.`, false);
    } catch (error) {
      if (error instanceof AnsweredError && error.code === 'UNAUTHENTICATED' && !isFresh) {
        token = await tokens.renewed(token);
        isFresh = true;
        continue;
      }
      if (!(error instanceof NoAnswer && hasHeard)) throw error;
      if (lost === 0) out.say(`${error.message} Trying again…`);
      await pause(Math.min(LONGEST_WAIT_MS, 250 * 2 ** lost++));
    }
  }
}
