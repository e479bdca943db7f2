import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { answerApproval } from '../../domain/approvals/answer-approval.js';
import { decideApproval } from '../../domain/approvals/decide-approval.js';
import { readWaiting } from '../../domain/approvals/waiting.js';
import { reaches } from '../../domain/scopes.js';
import type { ApprovalRow, ApprovalStep as StepRow } from '../../sql/approvals/approval-row.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { groupById } from '../people/loaders.js';
import { Group } from '../people/people.view.js';
import { afterStart } from '../reservations/reservation.resolver.js';
import { Reservation, ReservationConnection } from '../reservations/reservation.view.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { ApprovalAnswerInput, ApprovalDecideInput } from './approval.inputs.js';
import { ApprovalAnswerResult, ApprovalDecideResult } from './approval.results.js';
import { Approval, ApprovalStep } from './approval.view.js';
import { approvalOf } from './loaders.js';

type Context = GraphQLContext & ViewerCtx;
const shown = (result: object) => ('node' in result ? { reservation: result } : result);
const there = <Row>(rows: readonly (Row | null)[]): Row[] => rows.filter((row) => row !== null);

@Resolver(() => Approval)
export class ApprovalResolver {
  @Query(() => ReservationConnection, {
    description: 'Reservations about which the viewer may decide now, by their deadline (expiresAt).',
  })
  async approvals(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: Context,
  ) {
    const size = pageSize(first);
    const behind = afterStart(after ?? null);
    const rows = await readWaiting(ctx, behind && { expiresAt: behind.startsAt, id: behind.id }, size + 1);
    return pageOf(rows, size, after, ({ expiresAt, id }) => [expiresAt, id]);
  }

  @Mutation(() => ApprovalDecideResult, {
    description:
      'Decides about a reservation at its present step. Of two at the same instant one decides, the other gets ALREADY_DECIDED. For those whom the step names, their deputies, after the escalation those too, and administrators; never for whoever has reserved.',
  })
  async approvalDecide(
    @Arg('id', () => ID, { description: 'rsv_…: which reservation.' }) id: string,
    @Arg('input', () => ApprovalDecideInput, { description: 'What is decided, and why.' })
    input: ApprovalDecideInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const { decision, words, step, idempotencyKey } = input;
    const decided = await decideApproval(ctx, {
      id: bareId('Reservation', id),
      decision,
      words: words ?? '',
      step: step ?? null,
      idempotencyKey: idempotencyKey ?? null,
    });
    return shown(decided);
  }

  @Mutation(() => ApprovalAnswerResult, {
    description: 'Answers the question of an approver, who is told. For whoever has reserved.',
  })
  async approvalAnswer(
    @Arg('id', () => ID, { description: 'rsv_…: which reservation.' }) id: string,
    @Arg('input', () => ApprovalAnswerInput, { description: 'The answer.' }) input: ApprovalAnswerInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const answer = { id: bareId('Reservation', id), words: input.words };
    return shown(await answerApproval(ctx, { ...answer, idempotencyKey: input.idempotencyKey ?? null }));
  }

  @FieldResolver(() => Boolean, { description: 'Whether an approver waits for an answer.' })
  isAskedBack(@Root() { askedBack }: ApprovalRow): boolean {
    return askedBack;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'From when on others may decide as well; null: nobody else ever.',
  })
  escalatesAt(@Root() { escalateAt }: ApprovalRow): string | null {
    return escalateAt;
  }
}

@Resolver(() => ApprovalStep)
export class ApprovalStepResolver {
  @FieldResolver(() => [User], { description: 'The people that it names.' })
  async users(@Root() { userIds }: StepRow, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(userIds.map((id) => userById(ctx).load(id))));
  }

  @FieldResolver(() => [Group], {
    description: 'Groups whose members decide; those that are gone are missing.',
  })
  async groups(@Root() { groupIds }: StepRow, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(groupIds.map((id) => groupById(ctx).load(id))));
  }

  @FieldResolver(() => Boolean, { description: 'Whether managers of the resource decide.' })
  managers(@Root() { resourceIds }: StepRow): boolean {
    return resourceIds.length > 0;
  }
}

@Resolver(() => Reservation)
export class ReservationApprovalResolver {
  @FieldResolver(() => Approval, {
    nullable: true,
    description:
      'Who decides or has decided about it; null where nobody had to, and to programs without the scope APPROVE.',
  })
  approval(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext) {
    if (!reaches(ctx.viewer, 'approve')) return null;
    return row.asked ?? approvalOf(ctx).load(row.id);
  }
}
