import { linkTurns } from '../../sql/presence/resource-links.js';
import { defineLoader } from '../loader.js';

/** How often the link of a resource was changed. */
export const linkTurnOf = defineLoader((ctx, ids) => linkTurns(ctx.db, ids));
