import { deputiesByIds } from '../../sql/approvals/deputies.js';
import { approvalsByReservations } from '../../sql/approvals/read-approvals.js';
import { defineLoader } from '../loader.js';

/** By the id of the reservation. Does not ask who may see it. */
export const approvalOf = defineLoader((ctx, ids) => approvalsByReservations(ctx.db, ids));
export const deputyById = defineLoader((ctx, ids) => deputiesByIds(ctx.db, ids));
