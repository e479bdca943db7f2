import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import { type AttendanceRow, readAttendance } from '../../sql/presence/attendance.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { resourceById } from '../resources/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { Resource } from '../resources/resource.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { AttendanceFilter } from './presence.inputs.js';
import { Attendance, AttendanceBy, AttendanceConnection } from './presence.view.js';

interface Counted extends AttendanceRow {
  readonly by: AttendanceBy;
}

const MOST_IDS = 500;
const MOST_COUNT = 2_147_483_647;

function afterCount(after: string | null | undefined): Pick<AttendanceRow, 'noShows' | 'id'> | null {
  if (after == null) return null;
  const [noShows, id] = keyWithId(after, 2);
  if (!Number.isInteger(noShows) || Math.abs(noShows as number) > MOST_COUNT)
    throw badUserInput('This cursor is not one of ours.');
  return { noShows: noShows as number, id: id as string };
}

@Resolver(() => Attendance)
export class AttendanceResolver {
  @Query(() => AttendanceConnection, {
    description:
      'Who does not show up, or where nobody does: those with the most no-shows first. Counts what somebody had to check in to, by the clock. For managers and administrators.',
  })
  async attendance(
    @Arg('filter', () => AttendanceFilter, { description: 'What is counted.' }) filter: AttendanceFilter,
    @Arg('by', () => AttendanceBy, { description: 'For whom or what.' }) by: AttendanceBy,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor to go on behind, of the same filter.',
    })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const size = pageSize(first);
    if ((filter.resourceIds?.length ?? 0) > MOST_IDS)
      throw badUserInput(`Name at most ${MOST_IDS} resources.`);
    const wanted = {
      ...(await readViewedWindow(filter.window)),
      ownerId: filter.ownerId ? bareId('User', filter.ownerId) : null,
      resourceIds: filter.resourceIds?.map((id) => bareId('Resource', id)) ?? null,
    };
    const rows = await readAttendance(ctx.db, ctx.clock.fixed(), wanted, by, afterCount(after), size + 1);
    const counted = rows.map((row): Counted => ({ ...row, by }));
    return pageOf(counted, size, after, ({ noShows, id }) => [noShows, id]);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Whose reservations they were, counted by PERSON.',
  })
  person(@Root() { by, id }: Counted, @Ctx() ctx: GraphQLContext) {
    return by === AttendanceBy.PERSON ? userById(ctx).load(id) : null;
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'What was reserved, counted by RESOURCE.' })
  resource(@Root() { by, id }: Counted, @Ctx() ctx: GraphQLContext) {
    return by === AttendanceBy.RESOURCE ? resourceById(ctx).load(id) : null;
  }

  @FieldResolver(() => Float)
  rate(@Root() { due, noShows }: Counted): number {
    return noShows / due;
  }
}
