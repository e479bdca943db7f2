import { addDeputy, type DeputyRow, deputiesOf, removeDeputyRow } from '../../sql/approvals/deputies.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';

export interface AddDeputy {
  readonly deputyId: string;
  /** Null: from now on. */
  readonly from: Date | null;
  /** Exclusive; null: until it is removed. */
  readonly until: Date | null;
}

const MOST = 20;
/** As for windows: beyond these years no instant can be meant. */
const [EARLIEST, LATEST] = [Date.UTC(1970, 0), Date.UTC(9000, 0)];
const isMeant = (at: Date | null): boolean => at === null || (+at >= EARLIEST && +at < LATEST);

const meets = ({ fromAt, untilAt }: DeputyRow, begins: Date, until: Date | null): boolean =>
  (until === null || Date.parse(fromAt) < +until) && (untilAt === null || +begins < Date.parse(untilAt));

/** Lets somebody else decide in the viewer's place, in all approvals, for that time. Deputies have no deputies. */
export async function addDeputyOf(
  ctx: ViewerCtx,
  { deputyId, from, until }: AddDeputy,
): Promise<DeputyRow | InvalidInput> {
  const { userId } = ctx.viewer;
  if (deputyId === userId) return invalidInput(['input', 'deputyId'], 'Nobody is their own deputy.');
  if (!isMeant(from)) return invalidInput(['input', 'from'], 'This is between the years 1970 and 9000.');
  const begins = from ?? ctx.clock.now();
  if (!isMeant(until) || (until && (until <= begins || until <= ctx.clock.now())))
    return invalidInput(['input', 'until'], 'A deputy stops after now and after beginning.');
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.fixed();
    await lockUser(tx, userId, false);
    const there = await deputiesOf(tx, now, userId);
    if (there.some((each) => each.deputyId === deputyId && meets(each, begins, until)))
      return invalidInput(['input', 'deputyId'], 'This person is your deputy at that time already.');
    if (there.length >= MOST)
      return invalidInput(['input', 'deputyId'], `Nobody has more than ${MOST} deputies.`);
    const deputy = await addDeputy(tx, now, {
      id: newId(),
      userId,
      deputyId,
      fromAt: from?.toISOString() ?? null,
      untilAt: until?.toISOString() ?? null,
    });
    if (!deputy) return invalidInput(['input', 'deputyId'], 'There is no such active user.');
    await recordAudit(tx, ctx, { action: 'deputy.add', subjectId: deputy.id, after: deputy });
    return deputy;
  });
}

/** Ends that somebody decides in the viewer's place; administrators end it for everybody. */
export const removeDeputy = (ctx: ViewerCtx, id: string): Promise<DeputyRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const { userId, role } = ctx.viewer;
    const gone = await removeDeputyRow(tx, id, userId, role === 'ADMINISTRATOR');
    if (!gone) return notFound(['id'], 'deputy');
    await recordAudit(tx, ctx, { action: 'deputy.remove', subjectId: id, before: gone });
    return gone;
  });

/** The viewer's deputies that are not over, by their start. */
export const readDeputies = ({ db, clock, viewer }: ViewerCtx): Promise<DeputyRow[]> =>
  deputiesOf(db, clock.fixed(), viewer.userId);
