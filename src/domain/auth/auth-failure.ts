/** No such account, another password, or a closed account: all look the same. */
export interface SignInRefused {
  readonly kind: 'SignInRefused';
  readonly message: string;
  readonly path: readonly string[];
}

/** The refresh token is unknown, spent, or its session has ended: sign in again. */
export interface RefreshRefused {
  readonly kind: 'RefreshRefused';
  readonly message: string;
  readonly path: readonly string[];
}

/** The present password is another one. */
export interface WrongPassword {
  readonly kind: 'WrongPassword';
  readonly message: string;
  readonly path: readonly string[];
}

/** Not a GraphQL type: leaves as an error with the code RATE_LIMITED. */
export interface TooManyAttempts {
  readonly kind: 'TooManyAttempts';
  /** Whole seconds until the next attempt counts. */
  readonly retryAfter: number;
}

export const signInRefused = (): SignInRefused => ({
  kind: 'SignInRefused',
  message: 'The email address or the password is wrong.',
  path: [],
});

export const refreshRefused = (): RefreshRefused => ({
  kind: 'RefreshRefused',
  message: 'This session has ended. Sign in again.',
  path: ['refreshToken'],
});

export const wrongPassword = (path: readonly string[]): WrongPassword => ({
  kind: 'WrongPassword',
  message: 'This is not your present password.',
  path,
});

export const tooManyAttempts = (retryAfter: number): TooManyAttempts => ({
  kind: 'TooManyAttempts',
  retryAfter,
});
