import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { notFound } from '../../domain/failure.js';
import { checkIn, opensAt } from '../../domain/presence/check-in.js';
import { checkOut } from '../../domain/presence/check-out.js';
import { resourceAtDoor } from '../../domain/presence/rotate-link.js';
import { seesUser } from '../../domain/users/user-reader.js';
import type { CheckInRow } from '../../sql/reservations/check-in-terms.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { mayChangeById } from '../reservations/loaders.js';
import { ReservationActInput } from '../reservations/reservation.inputs.js';
import { ReservationChangeResult } from '../reservations/reservation.results.js';
import { Reservation, ViewerCan } from '../reservations/reservation.view.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { ReservationCheckInInput } from './presence.inputs.js';
import { ReservationCheckIn } from './presence.view.js';

type Context = GraphQLContext & ViewerCtx;

const existing = (id: string, input: ReservationActInput | null | undefined) => ({
  id: bareId('Reservation', id),
  expectedVersion: input?.expectedVersion ?? null,
  idempotencyKey: input?.idempotencyKey ?? null,
});

const shown = (result: ReservationRow | { readonly kind: string }) =>
  'node' in result ? { reservation: result } : result;

/** Null where one can check in; else why not, as far as that is not a matter of who asks. */
function whyNot(row: ReservationRow, now: number): string | null {
  const opens = opensAt(row);
  if (opens === null) return 'Nobody has to check in.';
  if (row.state !== 'CONFIRMED') return `It is ${row.state.toLowerCase().replace('_', ' ')}.`;
  return now < opens ? `One checks in from ${new Date(opens).toISOString()} on.` : null;
}

@Resolver(() => Reservation)
export class ReservationPresenceResolver {
  @Mutation(() => ReservationChangeResult, {
    description:
      'Says that somebody is there: from checkIn.opensAt until just before checkIn.releaseAt, else TOO_EARLY or TOO_LATE. Again it changes nothing. For whoever may change the reservation, and with the link at the door for everybody.',
  })
  async reservationCheckIn(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationCheckInInput, {
      nullable: true,
      description: 'Expected version, idempotency key and the link at the door.',
    })
    input: ReservationCheckInInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { link } = input ?? {};
    const resourceId = link && ctx.links ? await resourceAtDoor(ctx, ctx.links, link) : null;
    if (link && resourceId === null) return notFound(['input', 'link'], 'link');
    return shown(await checkIn(ctx, { ...existing(id, input), resourceId }));
  }

  @Mutation(() => ReservationChangeResult, {
    description:
      'Says that they have left. Before its end the window ends now, and what is left of it is free at once, its tear-down time moved up. Again it changes nothing.',
  })
  async reservationCheckOut(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ReservationActInput, {
      nullable: true,
      description: 'Expected version and idempotency key.',
    })
    input: ReservationActInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await checkOut(ctx, existing(id, input)));
  }

  @FieldResolver(() => ReservationCheckIn, {
    nullable: true,
    description: 'When one checks in; null where nobody has to.',
  })
  checkIn(@Root() row: ReservationRow): object | null {
    const opens = opensAt(row);
    return opens === null ? null : { ...row.checkIn, opensAt: new Date(opens) };
  }

  @FieldResolver(() => ViewerCan, {
    description: 'Whether the viewer may check in now without the link at the door.',
  })
  async viewerCanCheckIn(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext): Promise<ViewerCan> {
    const because = whyNot(row, ctx.clock.now().getTime());
    if (because) return { isAllowed: false, because };
    const may = (await mayChangeById(ctx).load(row.id)) ?? false;
    return { isAllowed: may, because: may ? null : 'It belongs to somebody else.' };
  }
}

@Resolver(() => ReservationCheckIn)
export class ReservationCheckInResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who did, as far as the viewer may see them; null too where that was somebody at the door.',
  })
  checkedInBy(@Root() { checkedInBy }: CheckInRow, @Ctx() ctx: GraphQLContext) {
    return checkedInBy && seesUser(ctx.viewer, checkedInBy) ? userById(ctx).load(checkedInBy) : null;
  }
}
