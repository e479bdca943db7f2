import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { importReservations } from '../../domain/feeds/import-reservations.js';
import type { GraphQLContext } from '../context.js';
import { readResources, readTerms } from '../reservations/read-inputs.js';
import { bareId } from '../schema/ids.js';
import { ReservationsImportInput } from './import.inputs.js';
import { ReservationsImportResult } from './import.results.js';

@Resolver()
export class ImportMutations {
  @Mutation(() => ReservationsImportResult, {
    description: 'Makes reservations of the events of an iCalendar file, and says what became of each.',
  })
  reservationsImport(
    @Arg('input', () => ReservationsImportInput, { description: 'The file, and what it reserves.' })
    input: ReservationsImportInput,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    return importReservations(ctx, {
      text: input.text,
      resources: readResources(input.resources),
      ownerId: input.ownerId ? bareId('User', input.ownerId) : null,
      ...readTerms(input),
      skipRefused: input.skipRefused ?? false,
      dryRun: input.dryRun ?? false,
    });
  }
}
