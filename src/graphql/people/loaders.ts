import { circlesByIds } from '../../sql/people/circle.js';
import { trainingsOf } from '../../sql/people/granted.js';
import { groupsOf } from '../../sql/people/members.js';
import { defineLoader } from '../loader.js';

export const groupById = defineLoader((ctx, ids) => circlesByIds(ctx.db, 'Group', ids));
export const trainingById = defineLoader((ctx, ids) => circlesByIds(ctx.db, 'Training', ids));

/** Ids of the groups of each person. */
export const groupIdsByUser = defineLoader((ctx, ids) => groupsOf(ctx.db, ids));
export const trainingsByUser = defineLoader((ctx, ids) => trainingsOf(ctx.db, ids));
