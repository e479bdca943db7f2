import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { subjectKind } from '../../domain/audit/subject-kind.js';
import { globalId, parseGlobalId } from '../../domain/ids.js';
import { seesUser } from '../../domain/users/user-reader.js';
import type { AuditRow } from '../../sql/audit/audit-row.js';
import { type AfterEntry, readAuditPage } from '../../sql/audit/read-audit.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { nodeReaders } from '../node/node-readers.js';
import { mayChangeById } from '../reservations/loaders.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { AuditFilter } from './audit.inputs.js';
import { AuditConnection, AuditEntry, AuditSource } from './audit.view.js';

const ACTION = /^[A-Za-z]{1,40}(\.[A-Za-z]{1,40})?$/;
/** An id that names nothing finds nothing. */
const NOTHING = '00000000-0000-0000-0000-000000000000';
const bare = (id: string | null | undefined) => (id == null ? null : (parseGlobalId(id)?.id ?? NOTHING));

/** Where a page by time goes on. Throws BAD_USER_INPUT for a cursor that is not one of these. */
export function afterEntry(after: string | null | undefined): AfterEntry | null {
  if (after == null) return null;
  const [at, id] = keyWithId(after, 2);
  if (Number.isNaN(Date.parse(String(at)))) throw badUserInput('This cursor is not one of ours.');
  return { at: new Date(String(at)).toISOString(), id: id as string };
}

/** What the filter asks for, as far as the viewer may see it. Throws BAD_USER_INPUT where it is none. */
export function readFilter({ viewer }: ViewerCtx, filter: AuditFilter | null | undefined) {
  const { action = null, requestId = null } = filter ?? {};
  if (action !== null && !ACTION.test(action))
    throw badUserInput('An action looks like reservation.cancel, or reservation for all of them.');
  if (requestId?.includes('\0')) throw badUserInput('A text cannot contain the NUL character.');
  return {
    actorId: bare(filter?.actorId),
    subjectId: bare(filter?.subjectId),
    action,
    from: filter?.fromAt ?? null,
    until: filter?.untilAt ?? null,
    requestId,
    concerns: viewer.role === 'ADMINISTRATOR' ? null : viewer.userId,
  };
}

/** Whether the viewer sees what it was about in full: own acts and those on the own account, for administrators all. */
const seesAll = ({ viewer }: GraphQLContext, entry: AuditRow): boolean =>
  viewer !== null &&
  (viewer.role === 'ADMINISTRATOR' || [entry.actorId, entry.subjectId].includes(viewer.userId));

/** What a reservation has been is also seen by whoever may change it. */
async function seesFacts(ctx: GraphQLContext, entry: AuditRow): Promise<boolean> {
  if (seesAll(ctx, entry)) return true;
  if (subjectKind(entry.action) !== 'Reservation' || entry.subjectId === null) return false;
  return (await mayChangeById(ctx).load(entry.subjectId)) ?? false;
}

const json = async (ctx: GraphQLContext, entry: AuditRow, facts: object | null): Promise<string | null> =>
  facts !== null && (await seesFacts(ctx, entry)) ? JSON.stringify(facts) : null;

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditConnection, {
    description:
      'What was done, the newest first, for as long as the audit is kept. Administrators see everything, others what they have done themselves and what was done to their account.',
  })
  async audit(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which entries; all without it.' })
    filter: AuditFilter | null | undefined,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ) {
    const rows = await readAuditPage(ctx.db, readFilter(ctx, filter), afterEntry(after), pageSize(first) + 1);
    return pageOf(rows, first, after, ({ at, id }) => [at, id]);
  }

  @FieldResolver(() => ID, { description: 'Opaque: aud_….' })
  id(@Root() { id }: AuditRow): string {
    return globalId('AuditEntry', id);
  }

  @FieldResolver(() => DateTime, { description: 'When it was done.' })
  doneAt(@Root() { at }: AuditRow): string {
    return at;
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who has done it; null where it was nobody, or the clock. Guests see only themselves.',
  })
  actor(@Root() { actorId }: AuditRow, @Ctx() ctx: GraphQLContext) {
    return actorId !== null && seesUser(ctx.viewer, actorId) ? userById(ctx).load(actorId) : null;
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'In whose place, where a deputy has decided.',
  })
  onBehalfOf(@Root() { after }: AuditRow, @Ctx() ctx: GraphQLContext) {
    const forId = after?.forId;
    return typeof forId === 'string' && seesUser(ctx.viewer, forId) ? userById(ctx).load(forId) : null;
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'What it was done to, as it is now; null where that is gone, or not for the viewer to see.',
  })
  subject(
    @Root() { action, subjectId }: AuditRow,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object | null> | null {
    const kind = subjectKind(action);
    return kind && subjectId !== null ? nodeReaders[kind](ctx, subjectId) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What it was before, as JSON: the changed facts alone, or all of them. For administrators, whoever did it, and whoever may change the reservation; null to others.',
  })
  before(@Root() entry: AuditRow, @Ctx() ctx: GraphQLContext): Promise<string | null> {
    return json(ctx, entry, entry.before);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What it is since, in the same way.' })
  after(@Root() entry: AuditRow, @Ctx() ctx: GraphQLContext): Promise<string | null> {
    return json(ctx, entry, entry.after);
  }

  @FieldResolver(() => AuditSource, {
    nullable: true,
    description: 'From where, and as whom. For administrators and the person alone; null to others.',
  })
  source(@Root() entry: AuditRow, @Ctx() ctx: GraphQLContext): AuditSource | null {
    if (!entry.source || !(ctx.viewer?.role === 'ADMINISTRATOR' || ctx.viewer?.userId === entry.actorId))
      return null;
    const { sessionId, ...source } = entry.source;
    return { ...source, session: sessionId?.replaceAll('-', '') ?? null };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The x-request-id of the request that has done it. For administrators, whoever did it, and whose account it was; null to others.',
  })
  request(@Root() entry: AuditRow, @Ctx() ctx: GraphQLContext): string | null {
    return seesAll(ctx, entry) ? entry.requestId : null;
  }
}
