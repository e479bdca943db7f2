/** A group of the organisation's directory. */
export interface DirectoryGroup {
  /** Its distinguished name, as the directory writes it. */
  readonly dn: string;
  readonly name: string;
}

/** What the directory says of a person. */
export interface DirectoryPerson {
  /** Stays the same when the person is renamed or moved, and is never given to anybody else. */
  readonly externalId: string;
  /** As the directory writes it; null where it knows none. */
  readonly email: string | null;
  readonly name: string;
  /** Every group that the person is in, also by way of other groups. */
  readonly groups: readonly DirectoryGroup[];
  /** The password may be right, but the directory has closed the account. */
  readonly isDisabled: boolean;
}

/** Where the organisation keeps its people and their passwords. */
export interface Directory {
  /**
   * Who proves by the password to be behind the login. An empty password is nobody's, whatever the directory
   * would say to it. Texts may be anything that a stranger can type.
   * @returns null when there is no such person, or the password is another one: the two look the same and
   *   cost the directory the same
   * @throws Unavailable when no server has given a full answer within 5 s
   */
  authenticate(login: string, password: string): Promise<DirectoryPerson | null>;
  /**
   * Shows everybody who has a login, page by page, each with those of the wanted groups that they are in. Somebody
   * may come twice, and a directory under load may leave somebody out: ask `findPerson` before you believe that.
   * @param isWanted null wants no groups
   * @param onPage is waited for; what it throws ends the reading and is thrown on
   * @throws Unavailable when no server has shown them all
   */
  readPeople(
    isWanted: ((group: DirectoryGroup) => boolean) | null,
    onPage: (people: readonly DirectoryPerson[]) => Promise<void>,
  ): Promise<void>;
  /**
   * The person with this lasting id, with every group, as `authenticate` would give them.
   * @returns null when nobody with a login has it
   * @throws Unavailable when no server has given a full answer within 5 s
   */
  findPerson(externalId: string): Promise<DirectoryPerson | null>;
}
