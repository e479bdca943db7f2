import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { summaryOf } from '../../domain/series/summary.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { readReservationPage } from '../../sql/reservations/reservation-page.js';
import type { SeriesRow } from '../../sql/series/series-row.js';
import type { GraphQLContext } from '../context.js';
import { shownOfPage } from '../reservations/page-columns.js';
import { afterStart } from '../reservations/reservation.resolver.js';
import { Reservation, ReservationConnection } from '../reservations/reservation.view.js';
import { resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { nextInSeries, seriesById } from './loaders.js';
import { ReservationOccurrence, Series, SeriesResource } from './series.view.js';

@Resolver(() => Series)
export class SeriesResolver {
  @Query(() => Series, {
    nullable: true,
    description: 'One series, or null where there is none for this viewer to see.',
  })
  series(
    @Arg('id', () => ID, { description: 'ser_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<SeriesRow | null> {
    return seriesById(ctx).load(bareId('Series', id));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: ser_….' })
  id(@Root() row: SeriesRow): string {
    return globalId('Series', row.id);
  }

  @FieldResolver(() => String, {
    description:
      'Rule and times as English people say them: Every 2 weeks on Tuesday, 10 times, 09:00–10:00.',
  })
  summary(@Root() row: SeriesRow): string {
    return summaryOf(row);
  }

  @FieldResolver(() => [SeriesResource], {
    description: 'What each occurrence asks for, in the order in which it was named.',
  })
  resources(@Root() row: SeriesRow) {
    return row.resources;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whose series it is.' })
  owner(@Root() row: SeriesRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(row.ownerId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who made it, where that was on behalf of somebody.',
  })
  creator(@Root() row: SeriesRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(row.creatorId);
  }

  @FieldResolver(() => Series, {
    nullable: true,
    description: 'The series from which a change of this and following has split it.',
  })
  previous(@Root() row: SeriesRow, @Ctx() ctx: GraphQLContext) {
    return row.previousId ? seriesById(ctx).load(row.previousId) : null;
  }

  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The confirmed reservation that comes next, or is going on; null where none is left.',
  })
  next(@Root() row: SeriesRow, @Ctx() ctx: GraphQLContext) {
    return nextInSeries(ctx).load(row.id);
  }

  @FieldResolver(() => ReservationConnection, {
    description: 'All of its reservations by start, the cancelled ones too.',
  })
  async reservations(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null,
    @Root() row: SeriesRow,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
    @Info() info: GraphQLResolveInfo,
  ) {
    const size = pageSize(first);
    const rows = await readReservationPage(ctx.db, ctx.clock.fixed(), {
      filter: {
        window: null,
        resourceIds: null,
        ownerId: null,
        seriesId: row.id,
        onlooker: ctx.viewer,
        states: null,
      },
      descending: false,
      limit: size + 1,
      after: afterStart(after),
      ...shownOfPage(info),
    });
    return pageOf(rows, size, after, ({ startsAt, id }) => [startsAt, id]);
  }
}

@Resolver(() => SeriesResource)
export class SeriesResourceResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'The resource itself.' })
  resource(@Root() { resourceId }: SeriesRow['resources'][number], @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(resourceId);
  }
}

/** What a reservation says of its series; the room of series owns it. */
@Resolver(() => Reservation)
export class ReservationSeriesResolver {
  @FieldResolver(() => Series, {
    nullable: true,
    description: 'The series that it is an occurrence of; null where it was made by itself.',
  })
  series(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext) {
    return row.seriesId ? seriesById(ctx).load(row.seriesId) : null;
  }

  @FieldResolver(() => ReservationOccurrence, {
    nullable: true,
    description: 'Which occurrence of its series it is; null where it was made by itself.',
  })
  occurrence(@Root() { occurrence, detached }: ReservationRow): ReservationOccurrence | null {
    return occurrence ? { startsLocal: occurrence, isDetached: detached } : null;
  }
}
