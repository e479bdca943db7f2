import { logFilesByIds } from '../../sql/logs/read-log-files.js';
import { defineLoader } from '../loader.js';

/** For administrators; there are none for others. */
export const logFileById = defineLoader(async (ctx, ids) =>
  ctx.viewer?.role === 'ADMINISTRATOR' ? logFilesByIds(ctx.db, ids) : new Map(),
);
