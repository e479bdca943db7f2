import type { MailRow } from '../../sql/mail/mail-row.js';
import { mailsByIds } from '../../sql/mail/read-mails.js';
import { resendMail as resend } from '../../sql/mail/write-mail.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';

/**
 * Makes a mail due again, whatever became of it, with all its attempts before it: to the address that the person
 * has by now, under the same Message-ID. One that is being sent this moment, or goes with a digest, is left alone. For administrators.
 */
export const resendMail = (ctx: ViewerCtx, { id }: { readonly id: string }): Promise<MailRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const resent = await resend(tx, ctx.clock.fixed(), id);
    if (!resent) return (await mailsByIds(tx, [id])).get(id) ?? notFound(['id'], 'mail');
    await recordAudit(tx, ctx, { action: 'mail.resend', subjectId: id });
    return resent;
  });
