import { passkeysByIds, passkeysOf } from '../../sql/passkeys/passkeys.js';
import { defineLoader } from '../loader.js';

/** The viewer's own; those of others are not there. */
export const passkeyById = defineLoader(async ({ db, viewer }, ids) =>
  viewer ? passkeysByIds(db, viewer.userId, ids) : new Map(),
);

/** Loads passkeys by the person's bare id. Does not ask who may see them. */
export const passkeysByUser = defineLoader(async ({ db }, ids) =>
  Map.groupBy(await passkeysOf(db, ids), ({ userId }) => userId),
);
