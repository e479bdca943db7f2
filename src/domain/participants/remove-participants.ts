import { tellCompany } from '../../sql/participants/invite.js';
import { participantsAlike, uninvite } from '../../sql/participants/uninvite.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { invalidInput } from '../failure.js';
import type { SeriesScope } from '../series/series-target.js';
import { type CompanyChanged, entriesOf, named } from './invite-participants.js';
import { lockReached, reachedBy, type Unreached } from './lock-reached.js';
import { MOST_PARTICIPANTS } from './participant-policy.js';
import { wakeFor } from './wake-for.js';

/**
 * Takes people out of one reservation, or out of all of its series that a change of it would reach; who has been told
 * of it is told that as well. Whoever is gone already is no failure, so a repeated call changes nothing.
 */
export async function removeParticipants(
  ctx: ViewerCtx,
  input: { readonly id: string; readonly scope: SeriesScope; readonly participantIds: readonly string[] },
): Promise<CompanyChanged | Unreached> {
  const { participantIds } = input;
  if (participantIds.length < 1 || participantIds.length > MOST_PARTICIPANTS) {
    return invalidInput(['input', 'participantIds'], `Name 1 to ${MOST_PARTICIPANTS} participants.`);
  }
  const ids = await reachedBy(ctx, input.id, input.scope);
  if ('kind' in ids) return ids;
  const changed = await ctx.db.transaction(async (tx) => {
    const rows = await lockReached(ctx, tx, ids);
    if ('kind' in rows) return rows;
    const gone = await participantsAlike(tx, ids, participantIds);
    const entries = entriesOf('participants.remove', rows, gone);
    await recordAudits(tx, ctx, entries);
    const certain = entries.filter(({ isCertain }) => isCertain).map(({ id }) => id);
    const who = gone.map(({ id }) => id);
    await tellCompany(tx, ctx.clock.fixed(), certain, who, 'UNINVITED');
    await uninvite(tx, who, ids);
    return { reservation: named(rows, input.id), count: rows.length, warnings: [], rows };
  });
  if ('kind' in changed) return changed;
  const { rows, ...shown } = changed;
  wakeFor(ctx, rows);
  return shown;
}
