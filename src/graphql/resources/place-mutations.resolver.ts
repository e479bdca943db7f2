import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { createPlace } from '../../domain/resources/create-place.js';
import { updatePlace } from '../../domain/resources/update-place.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { caretakersIn } from './caretakers-in.js';
import { PlaceCreateInput, PlaceUpdateInput } from './place.inputs.js';
import { PlaceCreateResult, PlaceUpdateResult } from './place.results.js';

@Resolver()
export class PlaceMutations {
  @Mutation(() => PlaceCreateResult, { description: 'Adds a place. For managers and administrators.' })
  async placeCreate(
    @Arg('input', () => PlaceCreateInput, { description: 'What and where.' }) input: PlaceCreateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await createPlace(ctx as ViewerCtx, {
      name: input.name,
      kind: input.kind,
      parentId: input.parentId == null ? null : bareId('Place', input.parentId),
      timeZone: input.timeZone ?? null,
      ...caretakersIn(input),
    });
    return 'node' in result ? { place: result } : result;
  }

  @Mutation(() => PlaceUpdateResult, {
    description: 'Renames, moves or otherwise changes a place. For managers and administrators.',
  })
  async placeUpdate(
    @Arg('id', () => ID, { description: 'Which place.' }) id: string,
    @Arg('input', () => PlaceUpdateInput, { description: 'What is to be different.' })
    input: PlaceUpdateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const { parentId } = input;
    const result = await updatePlace(ctx as ViewerCtx, {
      ...input,
      id: bareId('Place', id),
      parentId: parentId == null ? parentId : bareId('Place', parentId),
      ...caretakersIn(input),
    });
    return 'node' in result ? { place: result } : result;
  }
}
