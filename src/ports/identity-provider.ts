/** What an authorization request is made of, besides its address; each is good for one sign-in. */
export interface RequestSecrets {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly codeVerifier: string;
}

/** What a provider says of whoever has signed in there. */
export interface ProvidedPerson {
  readonly issuer: string;
  /** Stays the same, and is never given to anybody else by that issuer. */
  readonly subject: string;
  /** As the provider writes it; null where it says none. */
  readonly email: string | null;
  /** Whether the provider has seen that the person reads what is sent there. */
  readonly isEmailVerified: boolean;
  /** Empty where it says none. */
  readonly name: string;
  readonly groups: readonly string[];
}

/** Where people of the organisation sign in for many programs at once (OpenID Connect Core 1.0). */
export interface IdentityProvider {
  /** What it calls itself, and each of its tokens. */
  readonly issuer: string;
  /**
   * Prepares a sign-in: where to send the browser, which comes back to `redirectUri`.
   * @throws Unavailable when the provider has not told within 5 s how it is asked
   */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly secrets: RequestSecrets }>;
  /**
   * Who has signed in, by the address that the browser has come back to. Everything that the provider says is
   * checked: state, issuer, code, PKCE, and of the ID token signature, issuer, audience, nonce and times.
   * @param secrets those of the request that this must be the answer to
   * @returns null for anything that is not a right answer to it
   * @throws Unavailable when the provider has not given a full answer within 5 s
   */
  finish(callbackUrl: string, secrets: RequestSecrets): Promise<ProvidedPerson | null>;
}
