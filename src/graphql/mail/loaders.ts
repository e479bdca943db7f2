import { mailsByIds } from '../../sql/mail/read-mails.js';
import { defineLoader } from '../loader.js';

/** For administrators; there are none for others. */
export const mailById = defineLoader(async (ctx, ids) =>
  ctx.viewer?.role === 'ADMINISTRATOR' ? mailsByIds(ctx.db, ids) : new Map(),
);
