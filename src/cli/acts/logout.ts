import { SignOutDocument } from '../../client/generated/graphql.js';
import { EXIT, Failure, notSignedIn, wrongUsage } from '../failure.js';
import type { Act } from '../leaf.js';

/** Ends the session at the server first: what is forgotten here alone would go on there. */
export const logout: Act = async (session) => {
  const { out, host, target } = session;
  const { profile, profiles, profileName, server } = target;
  if (host.env.HOLDFAST_TOKEN) throw wrongUsage('HOLDFAST_TOKEN is set: there is no profile to sign out of.');
  if (!profile) throw notSignedIn();
  const isPerson = profile.credentials === null;
  if (isPerson) {
    try {
      await session.call(SignOutDocument, {});
    } catch (error) {
      // What has ended already need not be ended.
      if (!(error instanceof Failure && error.exit === EXIT.notSignedIn)) throw error;
    }
  }
  profiles.remove(profileName);
  out.say(`Signed out of ${server}.`);
};
