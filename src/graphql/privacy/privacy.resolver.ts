import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { eraseUser } from '../../domain/privacy/erase-user.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { UserEraseInput, UserEraseResult } from './privacy.view.js';

@Resolver()
export class PrivacyResolver {
  @Mutation(() => UserEraseResult, {
    description:
      'Erases a person for good: account, sessions, notifications, mails and feeds go, reservations that have not begun are cancelled, past ones and the audit keep a pseudonym without title, words or addresses. Asked again it goes on where it was broken off. For administrators.',
  })
  userErase(
    @Arg('id', () => ID, { description: 'Whom.' }) id: string,
    @Arg('input', () => UserEraseInput, { description: 'That this person is meant.' }) input: UserEraseInput,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    return eraseUser(ctx, { id: bareId('User', id), confirmEmail: input.confirmEmail });
  }
}
