import { Arg, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { readQueue, readWaits, type SeenWait } from '../../domain/waitlist/wait-reader.js';
import type { WaitRow } from '../../sql/waitlist/wait-row.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { resourceById } from '../resources/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { bareId } from '../schema/ids.js';
import { Window } from '../schema/window.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import {
  Wait,
  WaitConnection,
  WaitedResource,
  WaitlistPlace,
  WaitlistPlaceConnection,
  WaitState,
} from './wait.view.js';

type Context = GraphQLContext & ViewerCtx;
const lastOf = (after: string | null | undefined) =>
  after == null ? null : (keyWithId(after, 1)[0] as string);
const minutesOf = ({ lengthMs }: WaitRow): number => lengthMs / 60_000;

@Resolver(() => Wait)
export class WaitResolver {
  @Query(() => WaitConnection, { description: 'What the viewer waits or has waited for, the newest first.' })
  async waits(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('states', () => [WaitState], { nullable: true, description: 'Only those in these states.' })
    states: WaitState[] | null | undefined,
    @Arg('ownerId', () => ID, {
      nullable: true,
      description: 'Whose, of somebody for whom the viewer acts as a delegate; without it their own.',
    })
    ownerId: string | null | undefined,
    @Ctx() ctx: Context,
  ) {
    const limit = pageSize(first) + 1;
    const owner = ownerId == null ? null : bareId('User', ownerId);
    const rows = await readWaits(ctx, owner, lastOf(after), states ?? null, limit);
    return pageOf(rows, first, after, ({ id }) => [id]);
  }

  @Query(() => WaitlistPlaceConnection, {
    description:
      'Who waits for a resource, in the order in which they are served. Its managers see who it is; others that somebody waits, and guests themselves alone.',
  })
  async waitlist(
    @Arg('resourceId', () => ID, { description: 'The resource: res_….' }) resourceId: string,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: Context,
  ) {
    const limit = pageSize(first) + 1;
    const places = await readQueue(ctx, bareId('Resource', resourceId), lastOf(after), limit);
    return pageOf(places, first, after, ({ row }) => [row.id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: wai_….' })
  id(@Root() { id }: WaitRow): string {
    return globalId('Wait', id);
  }

  @FieldResolver(() => Window, { description: 'Within which the reservation is to be.' })
  window(@Root() row: WaitRow): Window {
    return row;
  }

  @FieldResolver(() => Float, { description: 'How long it is to be, in minutes: the whole window, or less.' })
  minutes(@Root() row: WaitRow): number {
    return minutesOf(row);
  }

  @FieldResolver(() => [WaitedResource], { description: 'What it is to be of, all at once.' })
  resources(@Root() { resources }: WaitRow) {
    return resources;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who waits.' })
  user(@Root() { userId }: WaitRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(userId);
  }

  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The hold that was offered, by now perhaps confirmed; it can be taken until its expiresAt.',
  })
  reservation(@Root() { reservationId }: WaitRow, @Ctx() ctx: GraphQLContext) {
    return reservationId && reservationById(ctx).load(reservationId);
  }
}

@Resolver(() => WaitedResource)
export class WaitedResourceResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'The resource itself.' })
  resource(@Root() { resourceId }: WaitRow['resources'][number], @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(resourceId);
  }
}

@Resolver(() => WaitlistPlace)
export class WaitlistPlaceResolver {
  @FieldResolver(() => DateTime, { description: 'Since when they wait.' })
  askedAt(@Root() { row }: SeenWait): string {
    return row.askedAt;
  }

  @FieldResolver(() => Window, { description: 'Within which their reservation is to be.' })
  window(@Root() { row }: SeenWait): Window {
    return row;
  }

  @FieldResolver(() => Float, { description: 'How long it is to be, in minutes.' })
  minutes(@Root() { row }: SeenWait): number {
    return minutesOf(row);
  }

  @FieldResolver(() => Wait, {
    nullable: true,
    description: 'Who it is and what for: for themselves and for managers of the resource, null for others.',
  })
  wait(@Root() { row, isOpen }: SeenWait) {
    return isOpen ? row : null;
  }
}
