import {
  type Crowd,
  crowdsOf,
  type Invitee,
  invite,
  peopleToInvite,
  tellCompany,
} from '../../sql/participants/invite.js';
import type { ParticipantRow } from '../../sql/participants/participant-row.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { reason, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import type { SeriesScope } from '../series/series-target.js';
import { lockReached, reachedBy, type Unreached } from './lock-reached.js';
import {
  checkInvitees,
  type GuestInput,
  MOST_PARTICIPANTS,
  maskedEmail,
  normalGuest,
} from './participant-policy.js';
import { isCertain } from './standing.js';
import { wakeFor } from './wake-for.js';

export interface InviteParticipants {
  readonly id: string;
  readonly scope: SeriesScope;
  readonly userIds: readonly string[];
  readonly guests: readonly GuestInput[];
}

/** What has become of who takes part. */
export interface CompanyChanged {
  /** The reservation that was named. */
  readonly reservation: ReservationRow;
  /** How many reservations were reached, this one among them. */
  readonly count: number;
  /** What is odd but no reason to refuse, in sentences. */
  readonly warnings: readonly string[];
}

/** So many invitations are written at once: people times occurrences. */
const MOST_AT_ONCE = 5_000;

/** Thrown to roll the transaction back. */
class Refuses extends Error {
  constructor(readonly because: InvalidInput) {
    super(because.message);
  }
}

/**
 * Invites people to one reservation, or to all of its series that a change of it would reach. A guest whose address is
 * that of somebody here is that person. Who takes part already stays as they are, so a repeated call changes nothing.
 * Nobody is told before the reservation is certain; then all are.
 */
export async function inviteParticipants(
  ctx: ViewerCtx,
  input: InviteParticipants,
): Promise<CompanyChanged | Unreached> {
  const guests = input.guests.map(normalGuest);
  const invalid = checkInvitees(input.userIds, guests);
  if (invalid) return invalid;
  if (ctx.viewer.role === 'GUEST') return refused([reason('NOT_PERMITTED', 'Guests invite nobody.')]);
  const ids = await reachedBy(ctx, input.id, input.scope);
  if ('kind' in ids) return ids;
  if (ids.length * (input.userIds.length + guests.length) > MOST_AT_ONCE) {
    return invalidInput(['input'], `People times occurrences: at most ${MOST_AT_ONCE} at once.`);
  }
  try {
    const changed = await ctx.db.transaction(async (tx) => {
      const rows = await lockReached(ctx, tx, ids);
      if ('kind' in rows) return rows;
      const invitees = await inviteesOf(tx, input.userIds, guests);
      if ('kind' in invitees) return invitees;
      const made = await invite(tx, ctx.clock.fixed(), ids, invitees, ctx.viewer.userId);
      const crowds = await crowdsOf(tx, ids);
      await tellInvited(ctx, tx, rows, made);
      return { reservation: named(rows, input.id), count: rows.length, warnings: warningsOf(crowds), rows };
    });
    if ('kind' in changed) return changed;
    const { rows, ...shown } = changed;
    wakeFor(ctx, rows);
    return shown;
  } catch (error) {
    if (error instanceof Refuses) return error.because;
    throw error;
  }
}

/** The row of that id among them. */
export const named = (rows: readonly ReservationRow[], id: string): ReservationRow =>
  rows.find((row) => row.id === id) ?? (rows[0] as ReservationRow);

/** Each person once. */
async function inviteesOf(
  tx: Queryable,
  userIds: readonly string[],
  guests: readonly GuestInput[],
): Promise<Invitee[] | InvalidInput> {
  const people = await peopleToInvite(
    tx,
    userIds,
    guests.map(({ email }) => email),
  );
  const known = new Set(people.map(({ id }) => id));
  if (!userIds.every((id) => known.has(id))) {
    return invalidInput(['input', 'userIds'], 'There is no such active user.');
  }
  const addresses = new Set(people.map(({ email }) => email));
  const strangers = new Map(
    guests.filter(({ email }) => !addresses.has(email)).map((guest) => [guest.email, guest]),
  );
  return [
    ...[...known].map((userId) => ({ userId, email: null, name: null })),
    ...[...strangers.values()].map((guest) => ({ userId: null, ...guest })),
  ];
}

function warningsOf(crowds: readonly Crowd[]): string[] {
  if (crowds.some(({ invited }) => invited > MOST_PARTICIPANTS)) {
    throw new Refuses(
      invalidInput(['input'], `At most ${MOST_PARTICIPANTS} people take part beside the owner.`),
    );
  }
  const tight = crowds.filter(({ people, seats }) => seats !== null && people > seats);
  const [first] = tight;
  if (!first) return [];
  const more = tight.length > 1 ? ` So it is at ${tight.length - 1} more.` : '';
  return [`With the owner ${first.people} people come, and there are ${first.seats} seats.${more}`];
}

async function tellInvited(
  ctx: ViewerCtx,
  tx: Queryable,
  rows: readonly ReservationRow[],
  made: readonly ParticipantRow[],
): Promise<void> {
  const entries = entriesOf('participants.invite', rows, made);
  await recordAudits(tx, ctx, entries);
  const certain = entries.filter(({ isCertain }) => isCertain).map(({ id }) => id);
  if (certain.length === 0) return;
  const who = made.map(({ id }) => id);
  await tellCompany(tx, ctx.clock.fixed(), certain, who, 'INVITED');
}

/** An entry of the audit for each reservation that is concerned; of addresses it keeps no more than others see. */
export const entriesOf = (
  action: 'participants.invite' | 'participants.remove',
  rows: readonly ReservationRow[],
  participants: readonly ParticipantRow[],
) =>
  rows.flatMap(({ id: subjectId, state }) => {
    const people = participants
      .filter(({ reservationId }) => reservationId === subjectId)
      .map(({ id, userId, email }) => ({ id, userId, email: email && maskedEmail(email) }));
    if (people.length === 0) return [];
    const facts = action === 'participants.invite' ? { after: { people } } : { before: { people } };
    return [{ id: newId(), action, subjectId, isCertain: isCertain(state), ...facts }];
  });
