/** Somebody has this address already. */
export interface EmailTaken {
  readonly kind: 'EmailTaken';
  readonly message: string;
  readonly path: readonly string[];
}

/** The change would leave nobody who can administer. */
export interface LastAdministrator {
  readonly kind: 'LastAdministrator';
  readonly message: string;
  readonly path: readonly string[];
}

export const emailTaken = (path: readonly string[]): EmailTaken => ({
  kind: 'EmailTaken',
  message: 'Somebody with this email address is here already.',
  path,
});

export const lastAdministrator = (path: readonly string[]): LastAdministrator => ({
  kind: 'LastAdministrator',
  message: 'This is the last active administrator. Make somebody else one first.',
  path,
});
