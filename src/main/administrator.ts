import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../domain/auth/identity.js';
import { ensureFirstAdministrator } from '../domain/users/ensure-first-administrator.js';
import { waitlist } from '../domain/waitlist/waitlist.js';
import type { Adapters } from './adapters.js';
import type { Program } from './run.js';

/** The file in the data folder that keeps a generated password for its owner's eyes. */
export const PASSWORD_FILE = 'admin-password';

/**
 * Makes the first administrator where there is none. Returns the password if it was generated just now: it
 * is told once, and kept in the data folder.
 * @throws Error with a sentence when the e-mail address or the password cannot be taken
 */
export async function firstAdministrator(
  { config, log }: Program,
  adapters: Adapters,
  identity: Identity,
): Promise<string | null> {
  const nobody = { viewer: null, address: null, userAgent: null };
  const ctx = { ...adapters, ...nobody, identity, waitlist, requestId: 'start' };
  const made = await ensureFirstAdministrator(ctx, config.admin);
  if (made === null) return null;
  if ('kind' in made) {
    throw new Error(
      `The first administrator (HOLDFAST_ADMIN_EMAIL, HOLDFAST_ADMIN_PASSWORD): ${made.message}`,
    );
  }
  log.info({ email: made.user.email }, 'made the first administrator');
  if (made.generatedPassword !== null) {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o711 });
    writeFileSync(join(config.dataDir, PASSWORD_FILE), `${made.generatedPassword}\n`, { mode: 0o600 });
  }
  return made.generatedPassword;
}
