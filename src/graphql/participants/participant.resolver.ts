import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { inviteParticipants } from '../../domain/participants/invite-participants.js';
import { maskedEmail, seesGuests } from '../../domain/participants/participant-policy.js';
import { removeParticipants } from '../../domain/participants/remove-participants.js';
import { respondToInvitation } from '../../domain/participants/respond-to-invitation.js';
import type { ParticipantRow } from '../../sql/participants/participant-row.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { mayChangeById, reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { participantsOf, seesParticipant } from './loaders.js';
import {
  InvitationRespondInput,
  ParticipantsInviteInput,
  ParticipantsRemoveInput,
} from './participant.inputs.js';
import { InvitationRespondResult, ParticipantsChangeResult } from './participant.results.js';
import { InvitationResponse, Participant } from './participant.view.js';

type Context = GraphQLContext & ViewerCtx;

@Resolver(() => Participant)
export class ParticipantResolver {
  @Mutation(() => ParticipantsChangeResult, {
    description:
      'Invites people to a reservation, or to more of its series. They are told once it is certain, and see it however private it is. For whoever may change it.',
  })
  participantsInvite(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ParticipantsInviteInput, { description: 'Whom.' }) input: ParticipantsInviteInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return inviteParticipants(ctx, {
      id: bareId('Reservation', id),
      scope: input.scope ?? 'THIS',
      userIds: [...new Set(input.userIds ?? [])].map((user) => bareId('User', user)),
      guests: input.guests ?? [],
    });
  }

  @Mutation(() => ParticipantsChangeResult, {
    description:
      'Takes people out of a reservation; who has been told of it is told that as well. For whoever may change it.',
  })
  participantsRemove(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => ParticipantsRemoveInput, { description: 'Whom.' }) input: ParticipantsRemoveInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return removeParticipants(ctx, {
      id: bareId('Reservation', id),
      scope: input.scope ?? 'THIS',
      participantIds: input.participantIds.map((participant) => bareId('Participant', participant)),
    });
  }

  @Mutation(() => InvitationRespondResult, {
    description:
      "Answers the viewer's own invitation; the owner is told. Guests without an account have a link in their mail.",
  })
  async invitationRespond(
    @Arg('id', () => ID, { description: 'The reservation that the viewer is invited to.' }) id: string,
    @Arg('input', () => InvitationRespondInput, { description: 'The answer.' }) input: InvitationRespondInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await respondToInvitation(ctx, {
      id: bareId('Reservation', id),
      scope: input.scope ?? 'THIS',
      answer: input.response,
    });
    return 'node' in result ? { reservation: result } : result;
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by invitation: par_….' })
  id(@Root() { id }: ParticipantRow): string {
    return globalId('Participant', id);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who it is; null for a guest without an account.',
  })
  user(@Root() { userId }: ParticipantRow, @Ctx() ctx: GraphQLContext) {
    return userId && userById(ctx).load(userId);
  }

  @FieldResolver(() => String, { description: 'What they are called.' })
  async name(@Root() { userId, name }: ParticipantRow, @Ctx() ctx: GraphQLContext): Promise<string> {
    return name ?? (userId && (await userById(ctx).load(userId))?.name) ?? '';
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "A guest's address, for whoever has the reservation, has made it or has invited them, and for managers; others see of it `a…@example.org`. Null for people with an account.",
  })
  async email(@Root() row: ParticipantRow, @Ctx() ctx: Context): Promise<string | null> {
    if (row.email === null) return null;
    const reservation = await reservationById(ctx).load(row.reservationId);
    const mayChange = async () => (await mayChangeById(ctx).load(row.reservationId)) ?? false;
    const isShown = reservation && (await seesGuests(ctx.viewer, reservation, row.inviterId, mayChange));
    return isShown ? row.email : maskedEmail(row.email);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has invited them.' })
  inviter(@Root() { inviterId }: ParticipantRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(inviterId);
  }
}

/** What a reservation says of who takes part. */
@Resolver(() => Reservation)
export class ReservationParticipantsResolver {
  @FieldResolver(() => [Participant], {
    description: 'Who takes part beside the owner, by invitation, up to 200. Guests see only themselves.',
  })
  async participants(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext): Promise<ParticipantRow[]> {
    const all = (await participantsOf(ctx).load(row.id)) ?? [];
    return all.filter((participant) => seesParticipant(ctx, participant));
  }

  @FieldResolver(() => InvitationResponse, {
    nullable: true,
    description: 'What the viewer has said to their invitation; null where they are not invited.',
  })
  async viewerResponse(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext) {
    const all = (await participantsOf(ctx).load(row.id)) ?? [];
    return all.find(({ userId }) => userId !== null && userId === ctx.viewer?.userId)?.response ?? null;
  }
}
