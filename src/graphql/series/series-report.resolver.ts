import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OccurrenceReport, Substitute as SubstituteRow } from '../../domain/series/report.js';
import type { GraphQLContext } from '../context.js';
import { resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { SeriesOccurrence, Substitute } from './series.view.js';

@Resolver(() => SeriesOccurrence)
export class SeriesOccurrenceResolver {
  @FieldResolver(() => String, {
    description: 'Which one: the wall-clock start that the rule gives.',
  })
  startsLocal(@Root() report: OccurrenceReport): string {
    return report.occurrence;
  }

  @FieldResolver(() => Boolean, {
    description: 'Clocks skip its time on that day, so that it starts later by as much.',
  })
  isShifted(@Root() report: OccurrenceReport): boolean {
    return report.shifted;
  }
}

@Resolver(() => Substitute)
export class SubstituteResolver {
  @FieldResolver(() => Resource, { nullable: true, description: 'What was wanted.' })
  wanted(@Root() { wantedId }: SubstituteRow, @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(wantedId);
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'What stands in for it.' })
  resource(@Root() { resourceId }: SubstituteRow, @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(resourceId);
  }
}
