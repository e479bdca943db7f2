import type { ConflictFact } from '../../sql/reservations/read-facts.js';
import { overlaps, type Window, windowOf } from '../time/window.js';
import { type Case, occupiedBy } from './case.js';
import { type Conflict, type Reason, type ReasonCode, reason, type Span } from './reason.js';

export const conflictOf = (fact: ConflictFact): Conflict => ({
  reservationId: fact.reservationId,
  ownerId: fact.ownerId,
  window: { startsAt: fact.startsAt, endsAt: fact.endsAt },
  occupied: { startsAt: fact.occupiedFrom, endsAt: fact.occupiedTo },
  quantity: fact.quantity,
  heldUntil: fact.heldUntil,
});

const iso = (ms: number) => new Date(ms).toISOString();
const ms = (text: string) => Date.parse(text);

/** The part of the occupied span that meets these conflicts, from the first to the last of them. */
function offending(at: Case, conflicts: readonly ConflictFact[]): Span {
  const occupied = occupiedBy(at);
  const from = Math.min(...conflicts.map((fact) => ms(fact.occupiedFrom)));
  const to = Math.max(...conflicts.map((fact) => ms(fact.occupiedTo)));
  return { startsAt: iso(Math.max(from, occupied.from)), endsAt: iso(Math.min(to, occupied.to)) };
}

const SENTENCE: Partial<Record<ReasonCode, string>> = {
  SLOT_TAKEN: 'is already reserved in this window',
  SLOT_HELD: 'is held, and not confirmed or approved yet',
  BUFFER_CONFLICT: 'needs set-up or tear-down time that a neighbouring reservation occupies',
};

function kindOf(wish: Window, fact: ConflictFact): ReasonCode {
  if (!overlaps(wish, windowOf(fact))) return 'BUFFER_CONFLICT';
  return fact.heldUntil ? 'SLOT_HELD' : 'SLOT_TAKEN';
}

/** The reasons against a wish on an exclusive resource: one per kind of conflict, each with all its conflicts (O2, O3). */
export function judgeExclusive(at: Case, conflicts: readonly ConflictFact[]): Reason[] {
  if (conflicts.length === 0) return [];
  const { of, window } = at;
  const firstStart = Math.min(...conflicts.map((fact) => ms(fact.occupiedFrom)));
  const latestEnd = firstStart - at.buffers.teardownMinutes * 60_000;
  const kinds: ReasonCode[] = ['SLOT_TAKEN', 'SLOT_HELD', 'BUFFER_CONFLICT'];
  return kinds.flatMap((code) => {
    const met = conflicts.filter((fact) => kindOf(window, fact) === code);
    if (met.length === 0) return [];
    const holds = met.flatMap((fact) => fact.heldUntil ?? []).map(ms);
    return reason(code, `${of.name} ${SENTENCE[code]}.`, {
      resourceId: of.id,
      latestEnd: latestEnd > window.startsAt.getTime() ? iso(latestEnd) : null,
      span: offending(at, met),
      conflicts: met.map(conflictOf),
      expiresAt: code === 'SLOT_HELD' ? iso(Math.max(...holds)) : null,
    });
  });
}
