import type { BusyRow } from '../../sql/busy-columns.js';
import type { ColouredRow } from '../../sql/read-coloured.js';
import type { Stretch } from '../time/stretch.js';
import { type Cause, type Colour, cause } from './colour.js';

/** A span with the same reservations throughout: taken, held, or with some of a pool left. */
export interface Block extends Stretch {
  readonly colour: Extract<Colour, 'TAKEN' | 'HELD' | 'FREE'>;
  /** How many are left; above 0 it is FREE. */
  readonly left: number;
  readonly cause: Cause | null;
}

const TAKEN = cause('SLOT_TAKEN', 'Reserved.');
const USED_UP = cause('CAPACITY_EXCEEDED', 'All of them are reserved.');

const causeOf = ({ heldUntil, reservationId }: BusyRow): Cause => {
  const facts = { reservationId: reservationId || null, heldUntil };
  if (heldUntil !== null) return cause('SLOT_HELD', 'Held by somebody who has not confirmed yet.', facts);
  return reservationId ? { ...TAKEN, ...facts } : TAKEN;
};

const blockOf = (busy: BusyRow): Block => ({
  from: busy.startsAt,
  to: busy.endsAt,
  colour: busy.heldUntil === null ? 'TAKEN' : 'HELD',
  left: 0,
  cause: causeOf(busy),
});

/** Nothing of the resource is left while these last: taken where that would be so without the holds as well. */
function fullBlock(stretch: Stretch, present: readonly BusyRow[], isPool: boolean, isHeld: boolean): Block {
  const counting = present.filter(({ heldUntil }) => (heldUntil !== null) === isHeld);
  const [first] = counting;
  if (first && !isPool) return { ...blockOf(first), ...stretch };
  const reservationId = (present.length === 1 && first?.reservationId) || null;
  if (!isHeld) {
    const because = reservationId ? { ...USED_UP, reservationId } : USED_UP;
    return { ...stretch, colour: 'TAKEN', left: 0, cause: because };
  }
  const heldUntil = Math.min(...counting.map((busy) => busy.heldUntil ?? Number.POSITIVE_INFINITY));
  const because = cause('CAPACITY_EXCEEDED', 'The last of them are held.', { reservationId, heldUntil });
  return { ...stretch, colour: 'HELD', left: 0, cause: because };
}

/** Counts what is in use between any two instants at which that changes. */
function counted({ busy, capacity, placement: { pooled } }: ColouredRow): Block[] {
  const starts = [...busy];
  const ends = busy.toSorted((a, b) => a.endsAt - b.endsAt);
  const instants = [...new Set(busy.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))].sort(
    (a, b) => a - b,
  );
  const present = new Set<BusyRow>();
  const blocks: Block[] = [];
  let [started, ended, used, firm] = [0, 0, 0, 0];
  for (const [index, from] of instants.entries()) {
    for (let each = ends[ended]; each && each.endsAt <= from; each = ends[++ended]) {
      present.delete(each);
      used -= each.quantity;
      if (each.heldUntil === null) firm -= each.quantity;
    }
    for (let each = starts[started]; each && each.startsAt <= from; each = starts[++started]) {
      present.add(each);
      used += each.quantity;
      if (each.heldUntil === null) firm += each.quantity;
    }
    const to = instants[index + 1];
    if (to === undefined || used === 0) continue;
    const left = Math.max(0, capacity - used);
    blocks.push(
      left > 0
        ? { from, to, colour: 'FREE', left, cause: null }
        : fullBlock({ from, to }, [...present], pooled, firm < capacity),
    );
  }
  return blocks;
}

/**
 * What reservations make of a resource, by start and without overlaps. Spans of an exclusive resource overlap only
 * where it is shaded by reservations of its parts.
 */
export function blocksOf(row: ColouredRow): readonly Block[] {
  const { busy, placement } = row;
  let end = Number.NEGATIVE_INFINITY;
  const isPlain =
    !placement.pooled &&
    busy.every(({ startsAt, endsAt }) => {
      const isBehind = end <= startsAt;
      end = endsAt;
      return isBehind;
    });
  return isPlain ? busy.map(blockOf) : counted(row);
}
