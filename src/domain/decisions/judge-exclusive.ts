import type { ConflictFact, ResourceFact } from '../../sql/read-facts.js';
import { overlaps, type Window, windowOf, withBuffers } from '../time/window.js';
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

/** The part of the wish that meets these conflicts, from the first to the last of them. */
function offending(wish: Window, conflicts: readonly ConflictFact[]): Span {
  const from = Math.min(...conflicts.map((fact) => ms(fact.occupiedFrom)));
  const to = Math.max(...conflicts.map((fact) => ms(fact.occupiedTo)));
  return {
    startsAt: iso(Math.max(from, wish.startsAt.getTime())),
    endsAt: iso(Math.min(to, wish.endsAt.getTime())),
  };
}

const SENTENCE: Partial<Record<ReasonCode, string>> = {
  SLOT_TAKEN: 'is already reserved in this window',
  SLOT_HELD: 'is held by somebody who has not confirmed yet',
  BUFFER_CONFLICT: 'needs set-up or tear-down time that a neighbouring reservation occupies',
};

function kindOf(wish: Window, fact: ConflictFact): ReasonCode {
  if (!overlaps(wish, windowOf(fact))) return 'BUFFER_CONFLICT';
  return fact.heldUntil ? 'SLOT_HELD' : 'SLOT_TAKEN';
}

/** The reasons against a wish on an exclusive resource: one per kind of conflict, each with all its conflicts (O2, O3). */
export function judgeExclusive(
  resource: ResourceFact,
  wish: Window,
  conflicts: readonly ConflictFact[],
): Reason[] {
  if (conflicts.length === 0) return [];
  const occupied = withBuffers(wish, resource.setupMinutes, resource.teardownMinutes);
  const firstStart = Math.min(...conflicts.map((fact) => ms(fact.occupiedFrom)));
  const latestEnd = firstStart - resource.teardownMinutes * 60_000;
  const passes = {
    earliestStart: resource.freeFrom && iso(ms(resource.freeFrom) + resource.setupMinutes * 60_000),
    latestEnd: latestEnd > wish.startsAt.getTime() ? iso(latestEnd) : null,
  };
  const kinds: ReasonCode[] = ['SLOT_TAKEN', 'SLOT_HELD', 'BUFFER_CONFLICT'];
  return kinds.flatMap((code) => {
    const met = conflicts.filter((fact) => kindOf(wish, fact) === code);
    if (met.length === 0) return [];
    const holds = met.flatMap((fact) => fact.heldUntil ?? []).map(ms);
    return reason(code, `${resource.name} ${SENTENCE[code]}.`, {
      ...passes,
      resourceId: resource.id,
      span: offending(occupied, met),
      conflicts: met.map(conflictOf),
      expiresAt: code === 'SLOT_HELD' ? iso(Math.max(...holds)) : null,
    });
  });
}
