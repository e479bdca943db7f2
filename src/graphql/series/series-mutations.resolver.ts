import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { parseGlobalId } from '../../domain/ids.js';
import { cancelSeries } from '../../domain/series/cancel-series.js';
import type { ConflictMode } from '../../domain/series/conflict-mode.js';
import { createSeries } from '../../domain/series/create-series.js';
import type { SeriesAct } from '../../domain/series/series-target.js';
import { updateSeries } from '../../domain/series/update-series.js';
import type { GraphQLContext } from '../context.js';
import { readResources, readTerms } from '../reservations/read-inputs.js';
import { bareId } from '../schema/ids.js';
import { SeriesCancelInput, SeriesCreateInput, SeriesUpdateInput } from './series.inputs.js';
import { SeriesChangeResult, SeriesCreateResult } from './series.results.js';

type Context = GraphQLContext & ViewerCtx;

const readMode = ({
  mode,
  maxConflicts = null,
  sameAttributes,
}: Pick<SeriesCreateInput, 'mode' | 'maxConflicts' | 'sameAttributes'>): ConflictMode => ({
  kind: mode ?? (maxConflicts === null ? 'ALL_OR_NOTHING' : 'SKIP'),
  maxConflicts,
  sameAttributes: sameAttributes ?? false,
});

/** The id names a series, or one of its reservations. */
const readAct = (id: string, { scope, expectedVersion }: SeriesCancelInput): SeriesAct => ({
  seriesId: parseGlobalId(id)?.kind === 'Reservation' ? null : bareId('Series', id),
  reservationId: parseGlobalId(id)?.kind === 'Reservation' ? bareId('Reservation', id) : null,
  scope,
  expectedVersion: expectedVersion ?? null,
});

@Resolver()
export class SeriesMutations {
  @Mutation(() => SeriesCreateResult, {
    description: 'Makes a whole series in one go, and says of each occurrence what became of it.',
  })
  seriesCreate(
    @Arg('input', () => SeriesCreateInput, { description: 'What to reserve, and when again.' })
    input: SeriesCreateInput,
    @Ctx() ctx: Context,
  ) {
    return createSeries(ctx, {
      title: input.title,
      details: input.details ?? '',
      ...(input.visibility && { visibility: input.visibility }),
      resources: readResources(input.resources),
      startsLocal: input.startsLocal,
      endsLocal: input.endsLocal,
      timeZone: input.timeZone ?? null,
      rrule: input.rrule,
      exdates: input.exdates ?? [],
      rdates: input.rdates ?? [],
      ownerId: input.ownerId ? bareId('User', input.ownerId) : null,
      ...readTerms(input),
      mode: readMode(input),
      idempotencyKey: input.idempotencyKey ?? null,
      dryRun: input.dryRun ?? false,
    });
  }

  @Mutation(() => SeriesChangeResult, {
    description:
      'Changes words, times of day or resources of this occurrence, this and following, or all. What is over, and what was moved or cancelled by hand, stays.',
  })
  seriesUpdate(
    @Arg('id', () => ID, { description: 'The series, or the reservation that the scope starts from.' })
    id: string,
    @Arg('input', () => SeriesUpdateInput, { description: 'What shall change, and how far.' })
    input: SeriesUpdateInput,
    @Ctx() ctx: Context,
  ) {
    return updateSeries(ctx, {
      ...readAct(id, input),
      title: input.title ?? null,
      details: input.details ?? null,
      ...(input.visibility && { visibility: input.visibility }),
      startTime: input.startTime ?? null,
      endTime: input.endTime ?? null,
      resources: input.resources ? readResources(input.resources) : null,
      ...readTerms(input),
      mode: readMode(input),
      idempotencyKey: input.idempotencyKey ?? null,
      dryRun: input.dryRun ?? false,
    });
  }

  @Mutation(() => SeriesChangeResult, {
    description: 'Cancels this occurrence, this and following, or all that has not begun.',
  })
  seriesCancel(
    @Arg('id', () => ID, { description: 'The series, or the reservation that the scope starts from.' })
    id: string,
    @Arg('input', () => SeriesCancelInput, { description: 'How far.' }) input: SeriesCancelInput,
    @Ctx() ctx: Context,
  ) {
    return cancelSeries(ctx, { ...readAct(id, input), idempotencyKey: input.idempotencyKey ?? null });
  }
}
