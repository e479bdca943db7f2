import type { BusyRow } from '../../sql/availability/busy-columns.js';
import type { ColouredRow } from '../../sql/availability/read-coloured.js';
import { type Cause, type ColourSpan, cause } from './colour.js';

/** A span with the same reservations throughout: taken, held, or FREE where some of a pool is left. */
export type Block = ColourSpan;

const TAKEN = cause('SLOT_TAKEN', 'Reserved.');
const USED_UP = cause('CAPACITY_EXCEEDED', 'All of them are reserved.');

function causeOf({ heldUntil, reservationId }: BusyRow): Cause {
  if (heldUntil === null) return reservationId ? { ...TAKEN, reservationId } : TAKEN;
  const facts = { reservationId: reservationId || null, heldUntil };
  return cause('SLOT_HELD', 'Held, and not confirmed or approved yet.', facts);
}

const blockOf = (busy: BusyRow): Block => ({
  startsAt: busy.startsAt,
  endsAt: busy.endsAt,
  colour: busy.heldUntil === null ? 'TAKEN' : 'HELD',
  quantity: 0,
  cause: causeOf(busy),
});

type Ends = Pick<Block, 'startsAt' | 'endsAt'>;

/** The whole pool is in use: taken where that would be so without the holds as well. */
function usedUp(ends: Ends, present: ReadonlySet<BusyRow>, isHeld: boolean): Block {
  const [first] = present;
  const reservationId = (present.size === 1 && first?.reservationId) || null;
  if (!isHeld) {
    const because = present.size === 1 ? { ...USED_UP, reservationId } : USED_UP;
    return { ...ends, colour: 'TAKEN', quantity: 0, cause: because };
  }
  const heldUntil = Math.min(...[...present].map((busy) => busy.heldUntil ?? Number.POSITIVE_INFINITY));
  const because = cause('CAPACITY_EXCEEDED', 'The last of them are held.', { reservationId, heldUntil });
  return { ...ends, colour: 'HELD', quantity: 0, cause: because };
}

/** Nothing is left of an exclusive resource: by the first that takes it, else the first that holds it. */
function shadowed(ends: Ends, present: ReadonlySet<BusyRow>): Block {
  const all = [...present];
  const first = all.find(({ heldUntil }) => heldUntil === null) ?? (all[0] as BusyRow);
  return { ...blockOf(first), ...ends };
}

/** Several reservations that use up a pool by turns are one block to who looks. */
function add(blocks: Block[], block: Block): void {
  const last = blocks.at(-1);
  const goesOn = last?.endsAt === block.startsAt && last.cause === USED_UP && block.cause === USED_UP;
  if (goesOn) blocks[blocks.length - 1] = { ...last, endsAt: block.endsAt };
  else blocks.push(block);
}

/** Counts what is in use between any two instants at which that changes. */
function counted({ busy, capacity, placement: { pooled } }: ColouredRow): Block[] {
  const ends = busy.toSorted((a, b) => a.endsAt - b.endsAt);
  const instants = [...new Set(busy.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]))];
  instants.sort((a, b) => a - b);
  const present = new Set<BusyRow>();
  const blocks: Block[] = [];
  let [started, ended, used, firm] = [0, 0, 0, 0];
  const count = ({ quantity, heldUntil }: BusyRow, sign: 1 | -1) => {
    used += sign * quantity;
    if (heldUntil === null) firm += sign * quantity;
  };
  for (const [index, startsAt] of instants.entries()) {
    for (let each = ends[ended]; each && each.endsAt <= startsAt; each = ends[++ended]) {
      if (present.delete(each)) count(each, -1);
    }
    for (let each = busy[started]; each && each.startsAt <= startsAt; each = busy[++started]) {
      present.add(each);
      count(each, 1);
    }
    const endsAt = instants[index + 1];
    if (endsAt === undefined || used === 0) continue;
    const quantity = Math.max(0, capacity - used);
    if (quantity > 0) blocks.push({ startsAt, endsAt, colour: 'FREE', quantity, cause: null });
    else if (pooled) add(blocks, usedUp({ startsAt, endsAt }, present, firm < capacity));
    else blocks.push(shadowed({ startsAt, endsAt }, present));
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
