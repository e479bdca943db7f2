import { Arg, Ctx, Field, Float, InputType, Int, Query, Resolver } from 'type-graphql';
import { verifyLinks } from '../../domain/audit/verify-chain.js';
import { readChain } from '../../sql/audit/read-chain.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { AuditChain, AuditVerdict } from './audit.view.js';
import { readableEntry } from './loaders.js';

@InputType({ description: 'A place in the chain of the audit, as head, base or upTo show it.' })
export class AuditHeadInput {
  @Field(() => Float, { description: 'The number of the link.' })
  number!: number;

  @Field(() => String, { description: 'Its hash, 64 hexadecimal digits.' })
  hash!: string;
}

const MOST_LINKS = 5_000;

@Resolver()
export class AuditChainResolver {
  @Query(() => AuditChain, { description: 'Where the chain of the audit stands. For administrators.' })
  async auditChain(@Ctx() ctx: GraphQLContext): Promise<AuditChain> {
    const chain = await readChain(ctx.db);
    return {
      head: { number: chain.number, hash: chain.hash },
      base: { number: chain.baseNumber, hash: chain.baseHash },
      unsealed: chain.unsealed,
      unsealedSinceAt: chain.unsealedSince,
    };
  }

  @Query(() => AuditVerdict, {
    description:
      'Proves a stretch of the chain against the entries that it seals; the program audit-verify proves all of it, and that no entry is beside it. For administrators.',
  })
  async auditVerify(
    @Arg('first', () => Int, { defaultValue: 1000, description: 'How many links at most, up to 5,000.' })
    first: number,
    @Arg('after', () => AuditHeadInput, {
      nullable: true,
      description: 'Where to begin: the upTo of the stretch before; without it, the base.',
    })
    after: AuditHeadInput | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    if (first < 1 || first > MOST_LINKS)
      throw badUserInput(`first must be between 1 and ${MOST_LINKS}; got ${first}.`);
    if (after && !(Number.isSafeInteger(after.number) && after.number >= 0))
      throw badUserInput('The number of a link is a whole one.');
    const { number, baseNumber, baseHash } = await readChain(ctx.db);
    const verdict = await verifyLinks(ctx.db, after ?? { number: baseNumber, hash: baseHash }, first);
    const { broken } = verdict;
    const entry = broken?.auditId ? await readableEntry(ctx, broken.auditId) : null;
    return { ...verdict, broken: broken && { ...broken, entry }, isEnd: verdict.upTo.number >= number };
  }
}
