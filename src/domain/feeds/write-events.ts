import { askApprovals } from '../../sql/approvals/ask-approvals.js';
import { type ImportScope, keepImportedEvents, tellNobody } from '../../sql/feeds/imported-events.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import { isNotPlaced } from '../../sql/reservations/reserve.js';
import { type ReserveManyInput, reserveMany } from '../../sql/series/reserve-many.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import { checkInFor } from '../decisions/check-in.js';
import { givingWay } from '../giving-way.js';
import { newId } from '../ids.js';
import { acceptTerms } from '../reservations/accept-terms.js';
import { askInput } from '../reservations/ask-input.js';
import { freshlyAsked } from '../reservations/freshly-asked.js';
import { shownClaims } from '../reservations/shown-claims.js';
import { NotPlaced } from '../series/not-placed.js';
import type { Settled } from '../series/settle.js';
import { roomLeft } from '../series/settle.js';
import { type OccurrenceToMake, pendingFor, touchedBy } from '../series/to-reserve.js';
import { localText } from '../time/local-day.js';
import { actDone } from '../undoable.js';
import type { WantedEvent } from './plan-events.js';

/** For whom, for which resource first of all, and by whose clocks events are imported. */
export interface ImportTarget extends ImportScope {
  readonly timeZone: string;
}

/** An event that is granted, with the place that it takes. */
export interface GrantedEvent {
  readonly event: WantedEvent;
  readonly place: OccurrenceToMake;
}

/** Those of the events that are granted; `settled` has a verdict for each, in their order. */
export const grantedEvents = (
  events: readonly WantedEvent[],
  { verdicts, now }: Settled,
  timeZone: string,
): GrantedEvent[] =>
  events.flatMap((event, index) => {
    const { claims, cases = [] } = verdicts[index] ?? {};
    if (!claims) return [];
    const { startsAt, endsAt } = event;
    const [localStart, localEnd] = [localText(+startsAt, timeZone), localText(+endsAt, timeZone)];
    const ids = { id: newId(), auditId: newId(), occurrence: null };
    const pending = pendingFor(cases, event, now);
    return [
      {
        event,
        place: {
          ...ids,
          ...pending,
          checkIn: checkInFor(cases),
          startsAt,
          endsAt,
          localStart,
          localEnd,
          claims,
          cases,
        },
      },
    ];
  });

/** The row of a reservation that is not written, for a dry run (D1). Its id names nothing. */
export const asReservation = (
  { viewer }: ViewerCtx,
  { event, place }: GrantedEvent,
  { ownerId }: ImportTarget,
  now: number,
): ReservationRow => ({
  node: 'Reservation',
  id: place.id,
  title: event.title,
  details: event.details,
  ownerId,
  creatorId: viewer.userId,
  visibility: event.visibility,
  state: place.pendingUntil === null ? 'CONFIRMED' : 'PENDING_APPROVAL',
  startsAt: event.startsAt.toISOString(),
  endsAt: event.endsAt.toISOString(),
  expiresAt: place.pendingUntil,
  version: 1,
  createdAt: new Date(now).toISOString(),
  updatedAt: new Date(now).toISOString(),
  seriesId: null,
  occurrence: null,
  detached: false,
  checkIn: freshlyAsked(place.checkIn, event, now, place.pendingUntil === null),
  claims: shownClaims(place.claims),
});

async function reserveOne(
  ctx: ViewerCtx,
  tx: Queryable,
  { ownerId, timeZone }: ImportTarget,
  { event, place }: GrantedEvent,
  by: Pick<ReserveManyInput, 'judgedBy' | 'actId'>,
): Promise<ReservationRow> {
  const rows = await reserveMany(tx, {
    now: ctx.clock.fixed(),
    seriesId: null,
    title: event.title,
    details: event.details,
    visibility: event.visibility,
    ownerId,
    actorId: ctx.viewer.userId,
    timeZone,
    ...by,
    source: sourceOf(ctx),
    occurrences: [place],
  });
  if (!rows?.[0]) throw new NotPlaced();
  return rows[0];
}

/**
 * Makes a reservation of each event and remembers which, all in one transaction and as one act; returns them in that
 * order.
 * @returns null, and nothing written, where one finds no place or was imported in between
 */
export async function writeEvents(
  ctx: ViewerCtx,
  target: ImportTarget,
  granted: readonly GrantedEvent[],
  settled: Settled,
): Promise<{ readonly rows: readonly ReservationRow[]; readonly act: ActRow } | null> {
  const touched = touchedBy(granted.map(({ place }) => place));
  const actId = granted[0]?.place.auditId ?? newId();
  const by = { judgedBy: settled.judgedBy, actId };
  try {
    const write = async (tx: Queryable) => {
      if (target.ownerId === ctx.viewer.userId) await tellNobody(tx);
      await lockResources(tx, touched);
      const now = ctx.clock.fixed();
      if (settled.dead.length > 0) await expireNamedHolds(tx, now, settled.dead, sourceOf(ctx));
      if (!(await roomLeft(tx, now, settled))) throw new NotPlaced();
      const made: ReservationRow[] = [];
      for (const each of granted) made.push(await reserveOne(ctx, tx, target, each, by));
      const asks = granted.flatMap(({ place }) => (place.ask ? askInput(place.id, place.ask) : []));
      await askApprovals(tx, now, asks);
      await acceptTerms(
        ctx,
        tx,
        granted.map(({ place }) => ({ reservationId: place.id, cases: place.cases })),
      );
      const kept = granted.map(({ event, place }) => ({ uid: event.uid, reservationId: place.id }));
      if (!(await keepImportedEvents(tx, target, kept))) throw new NotPlaced();
      return made;
    };
    const rows = await givingWay(ctx, () => ctx.db.transaction(write));
    ctx.bus.wake({ kind: 'streams', resourceIds: touched });
    return { rows, act: actDone(actId, rows[0]?.createdAt ?? '') };
  } catch (error) {
    if (error instanceof NotPlaced || isNotPlaced(error)) return null;
    throw error;
  }
}
