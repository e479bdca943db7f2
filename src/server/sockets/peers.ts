import type { Identity } from '../../domain/auth/identity.js';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import { CLOSE } from './close-codes.js';
import type { Peer } from './peer.js';

export interface PeersParts {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Log;
  readonly socketsPerUser: number;
  readonly keepAliveMs: number;
}

/** How often tokens are looked at for their end, in ms: well within the 5 s in which a session must end. */
const BEAT_MS = 1_000;

function addTo<K>(sets: Map<K, Set<Peer>>, key: K, peer: Peer): Set<Peer> {
  let set = sets.get(key);
  if (!set) {
    set = new Set();
    sets.set(key, set);
  }
  return set.add(peer);
}

function removeFrom<K>(sets: Map<K, Set<Peer>>, key: K, peer: Peer): void {
  const set = sets.get(key);
  if (set?.delete(peer) && set.size === 0) sets.delete(key);
}

/** All sockets of this process: who they are, whether they still may be here, and whether they are alive. */
export class Peers {
  readonly all = new Set<Peer>();
  private readonly ofUser = new Map<string, Set<Peer>>();
  private readonly ofSession = new Map<string, Set<Peer>>();
  private readonly beat: NodeJS.Timeout;
  private readonly unwatch: () => void;
  private turn = 0;

  constructor(private readonly parts: PeersParts) {
    this.beat = setInterval(() => this.look(), BEAT_MS);
    this.beat.unref();
    this.unwatch = parts.identity.watch.onEnd((sessionId, tokensFrom = Number.POSITIVE_INFINITY) => {
      for (const peer of this.ofSession.get(sessionId) ?? []) {
        if ((peer.authenticated?.issuedAt ?? 0) < tokensFrom) peer.close(CLOSE.ended);
      }
    });
  }

  add(peer: Peer): void {
    this.all.add(peer);
    peer.socket.on('pong', () => {
      peer.alive = true;
    });
  }

  /** Counts an authenticated socket to its user and session. False when the user has enough of them. */
  admit(peer: Peer): boolean {
    if (!peer.authenticated) return false;
    const { userId, sessionId } = peer.authenticated.viewer;
    if ((this.ofUser.get(userId)?.size ?? 0) >= this.parts.socketsPerUser) return false;
    addTo(this.ofUser, userId, peer);
    addTo(this.ofSession, sessionId, peer);
    return true;
  }

  remove(peer: Peer): void {
    this.all.delete(peer);
    if (!peer.authenticated) return;
    removeFrom(this.ofUser, peer.authenticated.viewer.userId, peer);
    removeFrom(this.ofSession, peer.authenticated.viewer.sessionId, peer);
  }

  stop(): void {
    clearInterval(this.beat);
    this.unwatch();
  }

  /** A clock that cannot be read at this moment ends nobody's session; the next look is in a second. */
  private now(): number {
    try {
      return this.parts.clock.now().getTime();
    } catch (error) {
      this.parts.log.warn({ err: error }, 'the clock cannot be read');
      return Number.NEGATIVE_INFINITY;
    }
  }

  /** Ends sockets whose token has ended, and pings a part of them, so that 10,000 pings are not sent at once. */
  private look(): void {
    const now = this.now();
    const turns = Math.max(1, Math.round(this.parts.keepAliveMs / BEAT_MS));
    const turn = this.turn++ % turns;
    for (const peer of this.all) {
      if (peer.authenticated && peer.authenticated.expiresAt <= now) peer.close(CLOSE.ended);
      if (peer.slot % turns === turn) ping(peer);
    }
  }
}

/** A socket that has not answered since the ping before is gone, whatever TCP believes. */
function ping(peer: Peer): void {
  if (!peer.alive) {
    peer.socket.terminate();
    return;
  }
  peer.alive = false;
  if (peer.isOpen) peer.socket.ping();
}
