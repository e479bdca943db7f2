import { AuthResolver } from './auth/auth.resolver.js';
import { UserMutations } from './users/user-mutations.resolver.js';
import { UserResolver } from './users/user.resolver.js';

/** Every resolver class of the schema; build-schema.ts is the only reader. */
export const resolvers = [AuthResolver, UserResolver, UserMutations] as const;
