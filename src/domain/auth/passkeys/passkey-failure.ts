import type { NotFound } from '../../failure.js';

/** This server has no address that passkeys could be for. */
export const noPasskeys = (): NotFound => ({
  kind: 'NotFound',
  message: 'Passkeys need PUBLIC_URL to be set on this server.',
  path: [],
});
