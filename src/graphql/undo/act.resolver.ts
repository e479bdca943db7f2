import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import type { ImportReport } from '../../domain/feeds/import-report.js';
import { globalId } from '../../domain/ids.js';
import type { SeriesReport as Report } from '../../domain/series/report.js';
import { undoAct } from '../../domain/undo/undo-act.js';
import { undoableUntil } from '../../domain/undoable.js';
import type { ActRow, ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { ReservationsImportSuccess } from '../feeds/import.results.js';
import { Reservation } from '../reservations/reservation.view.js';
import { DateTime } from '../schema/date-time.js';
import { bareId } from '../schema/ids.js';
import { SeriesReport } from '../series/series.view.js';
import { ReservationUndoResult } from './act.results.js';
import { Act } from './act.view.js';
import { undoableActOf } from './loaders.js';

@Resolver(() => Act)
export class ActResolver {
  @Mutation(() => ReservationUndoResult, {
    description:
      'Takes back one act that has cancelled, moved or imported reservations, or changed a series, within ten minutes: all of them have their former state, window and resources, or none; what an import has made is cancelled. Refused where a place is not free any more, closed since, or over, with every reason; rules for making reservations, quotas and notice included, are not asked again. For whoever did it, and whoever may change the reservations.',
  })
  reservationUndo(
    @Arg('id', () => ID, { description: 'act_…, as undoableAct of the reservation shows it.' }) id: string,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    return undoAct(ctx, bareId('Act', id));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: act_….' })
  id(@Root() act: ActRow): string {
    return globalId('Act', act.id);
  }

  @FieldResolver(() => DateTime, { description: 'Until when, exclusively, reservationUndo takes it back.' })
  undoableUntilAt(@Root() act: ActRow): Date {
    return undoableUntil(act.doneAt);
  }
}

@Resolver(() => Reservation)
export class ReservationUndoResolver {
  @FieldResolver(() => Act, {
    nullable: true,
    description:
      'What reservationUndo takes back: the last act on it, as long as the viewer can undo that; in the answer of an act that act. What has been undone uncovers the act before it.',
  })
  async undoableAct(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext): Promise<ActRow | null> {
    if (row.act !== undefined) return row.act;
    const known = await undoableActOf(ctx).load(row.id);
    // the row may be of a dry run, or of an earlier answer
    return known && known.version === row.version ? known.act : null;
  }
}

@Resolver(() => SeriesReport)
export class SeriesUndoResolver {
  @FieldResolver(() => Act, {
    nullable: true,
    description: 'What reservationUndo takes back, series and all; null for a new series and in a dry run.',
  })
  undoableAct(@Root() report: Report): ActRow | null {
    return report.act ?? null;
  }
}

@Resolver(() => ReservationsImportSuccess)
export class ImportUndoResolver {
  @FieldResolver(() => Act, {
    nullable: true,
    description:
      'What reservationUndo takes back: all that it has made is cancelled, and another import makes it anew. Null in a dry run, and where nothing was new.',
  })
  undoableAct(@Root() report: ImportReport): ActRow | null {
    return report.act;
  }
}
