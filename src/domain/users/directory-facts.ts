import type { DirectoryPerson } from '../../ports/directory.js';
import type { Role } from '../act.js';
import { checkEmail, checkUserName, normalEmail } from './user-policy.js';

/** What the directory decides about a person, as far as it can be used here. */
export interface DirectoryFacts {
  readonly externalId: string;
  /** Null where it knows no usable one. */
  readonly email: string | null;
  /** Empty where it knows none. */
  readonly name: string;
  /** Closed there, or there no more. */
  readonly isGone: boolean;
  /** Of somebody who is new here. */
  readonly firstRole: Role;
  /** From now on; null leaves roles to the administrators here. */
  readonly role: Role | null;
  readonly groups: {
    /** The bare ids of the groups whose members the directory decides. */
    readonly decided: readonly string[];
    /** Those of them that the person is in. */
    readonly wanted: readonly string[];
  };
}

/** Address and name as they may be kept here. */
export function usableFacts({ email, name }: Pick<DirectoryPerson, 'email' | 'name'>): {
  readonly email: string | null;
  readonly name: string;
} {
  const address = normalEmail(email ?? '');
  const usable = checkEmail(address, []) === null ? address : null;
  return { email: usable, name: checkUserName(name, []) === null ? name.trim() : (usable ?? '') };
}
