import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { reaches } from '../../domain/scopes.js';
import { type AsOfRow, reservationsAsOf } from '../../sql/reservations/as-of.js';
import type { ResourceRow } from '../../sql/resources/resource-row.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput, forbidden } from '../errors.js';
import { reservationById } from '../reservations/loaders.js';
import { afterStart } from '../reservations/reservation.resolver.js';
import { Reservation } from '../reservations/reservation.view.js';
import { manageableById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { readViewedWindow } from '../schema/read-window.js';
import { Window, WindowInput } from '../schema/window.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { ReservationAsOf, ReservationAsOfConnection } from './as-of.view.js';

@Resolver(() => Resource)
export class ResourceAsOfResolver {
  @FieldResolver(() => ReservationAsOfConnection, {
    description:
      'Its calendar as it was at an instant: what occupied it then, by start, whatever has been moved, changed or cancelled since. As far back as the audit is kept. Of its own reservations, not of those of its parts and wholes. For whoever manages it.',
  })
  async reservationsAsOf(
    @Root() { id }: ResourceRow,
    @Arg('at', () => DateTime, { description: 'The instant; what was done at that instant counts.' })
    at: Date,
    @Arg('window', () => WindowInput, { description: 'Which part of the calendar.' }) window: WindowInput,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null,
    @Ctx() ctx: GraphQLContext,
  ) {
    if (!reaches(ctx.viewer, 'manage') || !(await manageableById(ctx).load(id))) throw forbidden();
    if (at > ctx.clock.now()) throw badUserInput('Nobody knows yet how it will have been.');
    const size = pageSize(first);
    const viewed = await readViewedWindow(window);
    const rows = await reservationsAsOf(ctx.db, id, at, viewed, afterStart(after), size + 1);
    return pageOf(rows, size, after, (row) => [row.startsAt, row.id]);
  }
}

@Resolver(() => ReservationAsOf)
export class ReservationAsOfResolver {
  @FieldResolver(() => Window, { description: 'When it was to be.' })
  window(@Root() row: AsOfRow): Window {
    return row;
  }

  @FieldResolver(() => Window, { description: 'The window with the buffers that it had then.' })
  occupied(@Root() { claimFrom: startsAt, claimTo: endsAt }: AsOfRow): Window {
    return { startsAt, endsAt };
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whose it is.' })
  owner(@Root() { ownerId }: AsOfRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(ownerId);
  }

  @FieldResolver(() => Reservation, { nullable: true, description: 'What has become of it.' })
  reservation(@Root() { id }: AsOfRow, @Ctx() ctx: GraphQLContext) {
    return reservationById(ctx).load(id);
  }
}
