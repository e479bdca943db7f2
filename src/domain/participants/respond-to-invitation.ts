import type { InvitationResponse } from '../../sql/notifications/told-event.js';
import {
  type Answerer,
  answerInvitations,
  type Invitation,
  lockInvitations,
} from '../../sql/participants/answer.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx, ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import { type NotFound, notFound } from '../failure.js';
import type { SeriesScope } from '../series/series-target.js';
import { invitationTokenHash } from './invitation-token.js';
import { isStanding } from './standing.js';
import { wakeFor } from './wake-for.js';

export type Answer = Exclude<InvitationResponse, 'NONE'>;

const REACH = { THIS: 'THIS', THIS_AND_FOLLOWING: 'FOLLOWING', ALL: 'ALL' } as const;

const standing = ({ reservation, isOver }: Invitation): boolean => !isOver && isStanding(reservation.state);

/** Writes the answer where it is another one than before, and tells the owners; the same again changes nothing. */
async function write(
  ctx: Ctx,
  tx: Queryable,
  answered: readonly Invitation[],
  answer: Answer,
): Promise<void> {
  const news = answered.filter(({ participant }) => participant.response !== answer);
  if (news.length === 0) return;
  const ids = news.map(({ participant }) => participant.id);
  await answerInvitations(tx, ctx.clock.fixed(), ids, answer);
  const entries = news.map(({ participant, reservation }) => ({
    action: 'participants.respond',
    subjectId: reservation.id,
    before: { participantId: participant.id, response: participant.response },
    after: { participantId: participant.id, response: answer },
  }));
  await recordAudits(tx, ctx, entries);
}

/**
 * Answers the viewer's invitation to a reservation, or with the scope to its series; the last answer counts. The owner
 * is told.
 * @returns the reservation that was named
 */
export async function respondToInvitation(
  ctx: ViewerCtx,
  input: { readonly id: string; readonly scope: SeriesScope; readonly answer: Answer },
): Promise<ReservationRow | ReservationRefused | NotFound> {
  const { id: reservationId, scope, answer } = input;
  const by: Answerer = { userId: ctx.viewer.userId, reservationId, reach: REACH[scope] };
  const result = await ctx.db.transaction(async (tx) => {
    const found = await lockInvitations(tx, ctx.clock.fixed(), by);
    const one = found.find(({ reservation }) => reservation.id === reservationId);
    if (!one) return notFound(['id'], 'invitation');
    const answered = found.filter(standing);
    if (answered.length === 0)
      return refused([reason('ALREADY_DECIDED', 'It is over, or stands no longer.')]);
    await write(ctx, tx, answered, answer);
    return one.reservation;
  });
  if (!('kind' in result)) wakeFor(ctx, [result]);
  return result;
}

/** What has become of a guest's answer. STALE: the reservation has changed since they looked at it. */
export type GuestAnswered = 'ANSWERED' | 'STALE' | 'OVER' | 'UNKNOWN';

/**
 * Answers for whoever has the link; nothing else proves who they are.
 * @param version of the reservation that they have seen
 */
export async function respondByLink(
  ctx: Ctx,
  { token, version, answer }: { readonly token: string; readonly version: number; readonly answer: Answer },
): Promise<GuestAnswered> {
  const tokenHash = invitationTokenHash(token);
  if (!tokenHash) return 'UNKNOWN';
  const rows: ReservationRow[] = [];
  const answered = await ctx.db.transaction(async (tx): Promise<GuestAnswered> => {
    const [one] = await lockInvitations(tx, ctx.clock.fixed(), { tokenHash });
    if (!one) return 'UNKNOWN';
    if (!standing(one)) return 'OVER';
    if (one.reservation.version !== version) return 'STALE';
    await write(ctx, tx, [one], answer);
    rows.push(one.reservation);
    return 'ANSWERED';
  });
  wakeFor(ctx, rows);
  return answered;
}
