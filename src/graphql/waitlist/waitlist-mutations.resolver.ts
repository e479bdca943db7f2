import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { joinWaitlist } from '../../domain/waitlist/join-waitlist.js';
import { leaveWaitlist } from '../../domain/waitlist/leave-waitlist.js';
import type { WaitRow } from '../../sql/waitlist/wait-row.js';
import type { GraphQLContext } from '../context.js';
import { readResources, zoneOf } from '../reservations/read-inputs.js';
import { bareId } from '../schema/ids.js';
import { readWindow } from '../schema/read-window.js';
import { WaitlistJoinInput } from './wait.inputs.js';
import { WaitlistJoinResult, WaitlistLeaveResult } from './wait.results.js';

type Context = GraphQLContext & ViewerCtx;

const shown = <F extends { readonly kind: string }>(result: WaitRow | F) =>
  'node' in result ? { wait: result } : result;

@Resolver()
export class WaitlistMutations {
  @Mutation(() => WaitlistJoinResult, {
    description:
      'Waits for what is taken now. As soon as all of it fits, and it is their turn, the viewer is offered a hold, which reservationConfirm takes; at once where it can be had right now. What rules or quotas refuse cannot be waited for.',
  })
  async waitlistJoin(
    @Arg('input', () => WaitlistJoinInput, { description: 'What to wait for.' }) input: WaitlistJoinInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const resources = readResources(input.resources);
    const window = await readWindow(input.window, () => zoneOf(ctx, resources[0]?.resourceId));
    if ('kind' in window) return window;
    return shown(
      await joinWaitlist(ctx, {
        title: input.title,
        details: input.details ?? '',
        ...(input.visibility && { visibility: input.visibility }),
        window,
        minutes: input.minutes ?? null,
        resources,
        orEquivalent: input.orEquivalent ?? false,
        sameAttributes: input.sameAttributes ?? [],
        ownerId: input.ownerId == null ? null : bareId('User', input.ownerId),
        idempotencyKey: input.idempotencyKey ?? null,
      }),
    );
  }

  @Mutation(() => WaitlistLeaveResult, {
    description: 'Leaves the waitlist; whoever has an offer declines it, and it goes to who comes next.',
  })
  async waitlistLeave(
    @Arg('id', () => ID, {
      description: 'A wish of the viewer, or of somebody whose delegate they are: wai_….',
    })
    id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await leaveWaitlist(ctx, bareId('Wait', id)));
  }
}
