/** What is asked of whoever has a reservation, frozen when it was made or moved. Times in minutes. */
export interface CheckInTerms {
  /** From how long before the start on one checks in. */
  readonly opensMinutes: number;
  /** How long after the start, at its end at the latest, it is released: see the SQL function release_of. */
  readonly graceMinutes: number;
  /** After so many occurrences in a row without anybody the rest of the series is cancelled; null: never. */
  readonly strikes: number | null;
  /** Whether one may check out before the end. */
  readonly checkOut: boolean;
  /** Whether who is checked in may move the end. */
  readonly extension: boolean;
  /** Whether anybody at the door checks in, by its link alone. */
  readonly anonymous: boolean;
}

/** The terms with what has become of them. */
export interface CheckInRow extends CheckInTerms {
  /** Null until it is confirmed. */
  readonly releaseAt: string | null;
  readonly checkedInAt: string | null;
  /** Null where that was somebody at the door. */
  readonly checkedInBy: string | null;
  readonly checkedOutAt: string | null;
}

/** SQL that prints the CheckInRow of reservation `r`, null where nothing is asked. */
export const checkInJson = (r: string): string => `case when ${r}.check_in is not null
  then ${r}.check_in || jsonb_build_object('releaseAt', ${r}.release_at, 'checkedInAt', ${r}.checked_in_at,
    'checkedInBy', ${r}.checked_in_by, 'checkedOutAt', ${r}.checked_out_at) end`;

/** As a value of a statement. */
export const termsValue = (terms: CheckInTerms | null): string | null => terms && JSON.stringify(terms);
