import { readClosures } from '../../domain/schedules/closure-reader.js';
import { closingsByIds } from '../../sql/closures/closings.js';
import { defineLoader } from '../loader.js';

export const closureById = defineLoader(readClosures);
export const closingById = defineLoader((ctx, ids) => closingsByIds(ctx.db, ids));
