import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { createClosure } from '../../domain/closings/create-closure.js';
import { importClosures } from '../../domain/closings/import-closures.js';
import { updateClosure } from '../../domain/closings/update-closure.js';
import { removeClosure } from '../../domain/schedules/remove-closure.js';
import type { GraphQLContext } from '../context.js';
import { readScope } from '../rules/scope.js';
import { bareId } from '../schema/ids.js';
import {
  ClosureCreateInput,
  ClosureRemoveInput,
  ClosuresImportInput,
  ClosureUpdateInput,
} from './closure.inputs.js';
import {
  ClosureCreateResult,
  ClosureRemoveResult,
  ClosuresImportResult,
  ClosureUpdateResult,
} from './closure.results.js';
import { readClosure } from './read-inputs.js';

type Context = GraphQLContext & ViewerCtx;
const MAY = 'For managers and administrators, and at one resource or place for whoever looks after it.';

@Resolver()
export class ClosureMutations {
  @Mutation(() => ClosureCreateResult, {
    description: `Closes a resource, a type, a place or the organisation. ${MAY}`,
  })
  closureCreate(
    @Arg('input', () => ClosureCreateInput, { description: 'What, when, and what becomes of reservations.' })
    input: ClosureCreateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return createClosure(ctx, { ...readClosure(input), existing: input.existing ?? 'KEEP' });
  }

  @Mutation(() => ClosureUpdateResult, {
    description: `Changes a closure and lays it anew over what is reserved. ${MAY}`,
  })
  closureUpdate(
    @Arg('id', () => ID, { description: 'Which closure.' }) id: string,
    @Arg('input', () => ClosureUpdateInput, { description: 'What is to be different.' })
    input: ClosureUpdateInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return updateClosure(ctx, {
      id: bareId('Closure', id),
      expectedVersion: input.expectedVersion,
      title: input.title ?? undefined,
      startsLocal: input.startsLocal ?? undefined,
      endsLocal: input.endsLocal ?? undefined,
      rrule: input.rrule,
      exdates: input.exdates ?? undefined,
      existing: input.existing ?? 'KEEP',
    });
  }

  @Mutation(() => ClosureRemoveResult, {
    description: `Removes a closure. What it has cancelled stays cancelled; see closingUndo. ${MAY}`,
  })
  async closureRemove(
    @Arg('id', () => ID, { description: 'Which closure.' }) id: string,
    @Arg('input', () => ClosureRemoveInput, { nullable: true, description: 'The version that you expect.' })
    input: ClosureRemoveInput | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await removeClosure(ctx, {
      id: bareId('Closure', id),
      expectedVersion: input?.expectedVersion,
    });
    return 'node' in result ? { closure: result } : result;
  }

  @Mutation(() => ClosuresImportResult, {
    description: `Makes closures of the events of an iCalendar file, or changes those that it made before. ${MAY}`,
  })
  closuresImport(
    @Arg('input', () => ClosuresImportInput, { description: 'The file, and what it closes.' })
    input: ClosuresImportInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return importClosures(ctx, {
      scope: readScope(input.scope),
      text: input.text,
      existing: input.existing ?? 'KEEP',
      skipInvalid: input.skipInvalid ?? false,
      dryRun: input.dryRun ?? false,
    });
  }
}
