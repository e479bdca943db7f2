/** Any one of these people, members of these groups, managers of these resources. */
export interface Deciders {
  readonly userIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly resourceIds: readonly string[];
}

/** Who decides at one step. */
export interface ApprovalStep extends Deciders {
  /** The name of the rule that asks. */
  readonly rule: string;
  /** How long after the asking those of the escalation decide as well, in ms; null: never. */
  readonly escalateMs: number | null;
  readonly escalation: Deciders | null;
}

export type ApprovalWordKind = 'APPROVED' | 'REJECTED' | 'ASKED_BACK' | 'ANSWERED';

/** What somebody said while a reservation waited. */
export interface ApprovalWord {
  readonly id: string;
  /** From 0 on. */
  readonly step: number;
  readonly userId: string;
  /** Whose deputy spoke; null: for themselves. */
  readonly forId: string | null;
  readonly kind: ApprovalWordKind;
  readonly words: string;
  readonly at: string;
}

/** What must happen, or had to, before a reservation counts. */
export interface ApprovalRow {
  readonly reservationId: string;
  readonly steps: readonly ApprovalStep[];
  /** How many of them have approved. */
  readonly step: number;
  readonly askedBack: boolean;
  /** From when on those of the present step's escalation decide as well. */
  readonly escalateAt: string | null;
  /** What was said, the oldest first. */
  readonly words: readonly ApprovalWord[];
}

/** SQL that prints the row of `approval` with alias `a` as an ApprovalRow. */
export const approvalJson = (a: string): string => `json_build_object(
  'reservationId', ${a}.reservation_id, 'steps', ${a}.steps, 'step', ${a}.step, 'askedBack', ${a}.asked_back,
  'escalateAt', ${a}.escalate_at,
  'words', (select coalesce(json_agg(json_build_object('id', w.id, 'step', w.step, 'userId', w.user_id,
    'forId', w.for_id, 'kind', w.kind, 'words', w.words, 'at', w.at) order by w.id), '[]')
    from approval_word w where w.reservation_id = ${a}.reservation_id))`;
