/** Passwords that others have used and lost: the first ones that a guesser tries. */
export interface BreachedPasswords {
  /**
   * Whether this one (in NFKC) is among them.
   * @throws Unavailable when the list cannot be read
   */
  has(password: string): Promise<boolean>;
}
