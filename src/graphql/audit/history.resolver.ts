import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { reaches } from '../../domain/scopes.js';
import { readAuditPage } from '../../sql/audit/read-audit.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { afterEntry } from './audit.resolver.js';
import { AuditConnection } from './audit.view.js';

@Resolver(() => Reservation)
export class ReservationHistoryResolver {
  @FieldResolver(() => AuditConnection, {
    description:
      'Who has done what with it and when, the newest first, for as long as the audit is kept; nothing to programs without the scope ADMINISTER.',
  })
  async history(
    @Root() row: ReservationRow,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const size = pageSize(first);
    const nothing = { actorId: null, action: null, from: null, until: null, requestId: null, concerns: null };
    const isSeen = reaches(ctx.viewer, 'administer') && (await reservationById(ctx).load(row.id));
    const rows = isSeen
      ? await readAuditPage(ctx.db, { ...nothing, subjectId: row.id }, afterEntry(after), size + 1)
      : [];
    return pageOf(rows, size, after, ({ at, id }) => [at, id]);
  }
}
