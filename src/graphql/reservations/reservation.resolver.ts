import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Int,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { mayRead } from '../../domain/reservations/rights.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type ReservationRowWith, readReservationPage } from '../../sql/reservations/reservation-page.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { resourceById } from '../resources/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import { TimeZone } from '../schema/time-zone.js';
import { Window } from '../schema/window.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { mayChangeById, reservationById } from './loaders.js';
import { shownOfPage } from './page-columns.js';
import { ReservationFilter } from './reservation.inputs.js';
import { Reservation, ReservationConnection, ReservedResource, ViewerCan } from './reservation.view.js';

export enum ReservationSort {
  STARTS_AT_ASC = 'STARTS_AT_ASC',
  STARTS_AT_DESC = 'STARTS_AT_DESC',
}
registerEnumType(ReservationSort, {
  name: 'ReservationSort',
  description: 'In which order reservations are listed.',
  valuesConfig: {
    STARTS_AT_ASC: { description: 'The earliest start first.' },
    STARTS_AT_DESC: { description: 'The latest start first.' },
  },
});

const MOST_IDS = 500;
/** Where a page by start goes on. Throws BAD_USER_INPUT for a cursor that is not one of these. */
export function afterStart(after: string | null): { startsAt: string; id: string } | null {
  if (after == null) return null;
  const [startsAt, id] = keyWithId(after, 2);
  if (Number.isNaN(Date.parse(String(startsAt)))) throw badUserInput('This cursor is not one of ours.');
  return { startsAt: new Date(String(startsAt)).toISOString(), id: id as string };
}

@Resolver(() => Reservation)
export class ReservationResolver {
  @Query(() => Reservation, {
    nullable: true,
    description: 'One reservation, or null where there is none for this viewer to see.',
  })
  async reservation(
    @Arg('id', () => ID, { description: 'rsv_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<ReservationRow | null> {
    const row = await reservationById(ctx).load(bareId('Reservation', id));
    return row && mayRead(ctx.viewer, row) ? row : null;
  }

  @Query(() => ReservationConnection, {
    description:
      'Reservations by start, cancelled and expired ones too unless states are named. Guests get their own only.',
  })
  async reservations(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) after:
      | string
      | null,
    @Arg('filter', () => ReservationFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: ReservationFilter | null,
    @Arg('sort', () => ReservationSort, {
      defaultValue: ReservationSort.STARTS_AT_ASC,
      description: 'In which order.',
    })
    sort: ReservationSort,
    @Ctx() ctx: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const size = pageSize(first);
    if ((filter?.resourceIds?.length ?? 0) > MOST_IDS)
      throw badUserInput(`Name at most ${MOST_IDS} resources.`);
    const rows = await readReservationPage(ctx.db, ctx.clock.fixed(), {
      filter: {
        window: filter?.window ? await readViewedWindow(filter.window) : null,
        resourceIds: filter?.resourceIds?.map((resource) => bareId('Resource', resource)) ?? null,
        ownerId: filter?.mine
          ? (ctx.viewer?.userId ?? null)
          : filter?.ownerId
            ? bareId('User', filter.ownerId)
            : null,
        visibleTo: ctx.viewer?.role === 'GUEST' ? ctx.viewer.userId : null,
        states: filter?.states ?? null,
      },
      descending: sort === ReservationSort.STARTS_AT_DESC,
      limit: size + 1,
      after: afterStart(after),
      ...shownOfPage(info),
    });
    return pageOf(rows, size, after, (row) => [row.startsAt, row.id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: rsv_….' })
  id(@Root() row: ReservationRow): string {
    return globalId('Reservation', row.id);
  }

  @FieldResolver(() => Window, { description: 'When; the buffers are not part of it.' })
  window(@Root() row: ReservationRow): Window {
    return row;
  }

  @FieldResolver(() => TimeZone, {
    nullable: true,
    description: 'The zone of the (first) resource, for showing its local time.',
  })
  async timeZone(@Root() row: ReservationRowWith, @Ctx() ctx: GraphQLContext): Promise<string | null> {
    const [first] = row.claims;
    if (!first) return null;
    return first.resource?.timeZone ?? (await resourceById(ctx).load(first.resourceId))?.timeZone ?? null;
  }

  @FieldResolver(() => [ReservedResource], {
    description: 'What is reserved, by the order of the resources.',
  })
  resources(@Root() row: ReservationRowWith) {
    return row.claims;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whose reservation it is.' })
  owner(@Root() row: ReservationRowWith, @Ctx() ctx: GraphQLContext) {
    return row.owner ?? userById(ctx).load(row.ownerId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who made it, where that was on behalf of somebody.',
  })
  creator(@Root() row: ReservationRowWith, @Ctx() ctx: GraphQLContext) {
    return row.owner && row.creatorId === row.ownerId ? row.owner : userById(ctx).load(row.creatorId);
  }

  @FieldResolver(() => ViewerCan, { description: 'Whether the viewer may move, change or cancel it.' })
  async viewerCanChange(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext): Promise<ViewerCan> {
    if (!['HELD', 'PENDING_APPROVAL', 'CONFIRMED'].includes(row.state)) {
      return { isAllowed: false, because: `It is ${row.state.toLowerCase().replace('_', ' ')}.` };
    }
    const may = (await mayChangeById(ctx).load(row.id)) ?? false;
    return { isAllowed: may, because: may ? null : 'It belongs to somebody else.' };
  }
}

@Resolver(() => ReservedResource)
export class ReservedResourceResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'The resource itself.' })
  resource(@Root() claim: ReservationRowWith['claims'][number], @Ctx() ctx: GraphQLContext) {
    return claim.resource ?? resourceById(ctx).load(claim.resourceId);
  }

  @FieldResolver(() => Window, {
    description: 'What others must not touch: the window with the buffers frozen at placing.',
  })
  occupied(@Root() claim: ReservationRowWith['claims'][number]): Window {
    return claim;
  }
}
