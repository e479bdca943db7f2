import type { IdentityProvider, ProvidedPerson } from '../../../ports/identity-provider.js';
import type { Queryable } from '../../../sql/statement.js';
import { usableFacts } from '../../users/directory-facts.js';
import type { ProvidedFacts } from '../../users/provided-facts.js';
import { type DirectorySignIn, groupMatcher, roleOf } from '../directory-rules.js';
import { decidedGroups } from '../directory-wish.js';

/** Sign-in by a provider, with the same rules about groups as for a directory's. */
export interface ProviderSignIn extends Pick<DirectorySignIn, 'roleGroups' | 'defaultRole' | 'memberGroups'> {
  readonly provider: IdentityProvider;
  /** Whether people who are new here are added. */
  readonly addsPeople: boolean;
}

/** What the provider decides about somebody, by the configuration. */
export async function factsOf(
  db: Queryable,
  person: ProvidedPerson,
  { roleGroups, defaultRole, memberGroups, addsPeople }: ProviderSignIn,
): Promise<ProvidedFacts> {
  const { issuer, subject } = person;
  const groups = person.groups.map((name) => ({ dn: name, name }));
  const decided = await decidedGroups(db, { memberGroups });
  const firstRole = roleOf(groups, roleGroups) ?? defaultRole;
  const names = memberGroups.filter((each) => groups.some(groupMatcher([each]))).map(({ name }) => name);
  const { email, name } = usableFacts(person);
  return {
    issuer,
    subject,
    email: person.isEmailVerified ? email : null,
    name,
    firstRole,
    role: roleGroups.length > 0 ? firstRole : null,
    groups: { decided: [...decided.values()], wanted: names.flatMap((each) => decided.get(each) ?? []) },
    addsPeople,
  };
}
