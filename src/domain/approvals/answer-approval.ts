import type { ViewerCtx } from '../act.js';
import { reason, refused } from '../decisions/reason.js';
import { judgeWaiting, type SpeechResult, speakAbout } from './speak-about.js';

export interface AnswerApproval {
  readonly id: string;
  readonly words: string;
  readonly idempotencyKey: string | null;
}

/** Answers an approver's question, for those whose reservation it is; whoever has asked is told. */
export const answerApproval = (ctx: ViewerCtx, input: AnswerApproval): Promise<SpeechResult> =>
  speakAbout(ctx, { ...input, kind: 'ANSWERED', step: null }, (target) => {
    const closed = judgeWaiting(target);
    if (closed) return closed;
    if (!target.isTheirs) return refused([reason('NOT_PERMITTED', 'Whoever has reserved answers.')]);
    return target.approval.askedBack
      ? null
      : refused([reason('ALREADY_DECIDED', 'Nobody waits for an answer.')]);
  });
