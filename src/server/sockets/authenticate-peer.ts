import { hasExpired } from '../../domain/auth/has-expired.js';
import type { Identity } from '../../domain/auth/identity.js';
import { noteRefusedToken } from '../../domain/auth/note-refused-token.js';
import { Unavailable } from '../../domain/failure.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import { CLOSE, type Closing } from './close-codes.js';
import type { Peer } from './peer.js';
import type { Peers } from './peers.js';

export interface PeerAuthentication {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Log;
  readonly peers: Peers;
}

/** `authorization` among the connection's parameters, in any case of letters. */
function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): unknown {
  for (const [name, value] of Object.entries(params ?? {})) {
    if (name.toLowerCase() === 'authorization') return value;
  }
  return undefined;
}

/** Finds out who has connected. Returns why the socket must be closed, or null when it is welcome. */
export async function authenticatePeer(
  { identity, clock, log, peers }: PeerAuthentication,
  peer: Peer,
  params: Readonly<Record<string, unknown>> | undefined,
): Promise<Closing | null> {
  const authorization = authorizationOf(params);
  try {
    const somebody = await identity.authenticate(authorization);
    if (somebody === null) return CLOSE.unauthorized;
    if (somebody === 'INVALID') {
      const { address, userAgent } = peer;
      noteRefusedToken({ identity, clock }, { requestId: 'socket', address, userAgent }, authorization);
      return hasExpired(authorization, clock.now().getTime()) ? CLOSE.ended : CLOSE.unauthorized;
    }
    peer.authenticated = somebody;
    if (!peer.isOpen || !peers.admit(peer)) return CLOSE.busy;
    return identity.watch.isLive(somebody.viewer.sessionId, somebody.issuedAt) ? null : CLOSE.ended;
  } catch (error) {
    const away = error instanceof Unavailable;
    log[away ? 'warn' : 'error']({ err: error }, 'a socket could not be authenticated');
    return away ? CLOSE.busy : CLOSE.internal;
  }
}
