import { DEMO_PASSWORD, seedDemo } from '../demo/seed.js';
import type { Identity } from '../domain/auth/identity.js';
import type { Adapters } from './adapters.js';
import type { Program } from './run.js';

const HOW = `Demo people: manager@example.org, member@example.org, guest@example.org, password ${DEMO_PASSWORD}`;

/**
 * Fills an empty database with the demo organisation, unless `--empty` was asked for or this is production.
 * Returns what to tell of it; null where there is none.
 */
export async function demoOrganisation(
  { config, log }: Program,
  { db, clock }: Adapters,
  identity: Identity,
): Promise<string | null> {
  if (config.production || process.argv.includes('--empty')) return null;
  const made = await seedDemo(db, clock, identity.hasher);
  if (!made) return null;
  log.info(made, 'made the demo organisation');
  return HOW;
}
