/** Where an entry of the audit comes from. What is not known, or is nobody's, is null. */
export interface Source {
  readonly requestId: string;
  /** Of the caller: network address, and what its program calls itself. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** As whom: the session, and the role that it had then. */
  readonly sessionId: string | null;
  readonly role: string | null;
}

/** What a program of our own does by itself. */
export const byProgram = (name: string): Source => ({
  requestId: name,
  address: null,
  userAgent: null,
  sessionId: null,
  role: null,
});

/** The value of one parameter for all columns; see fromSource. */
export const sourceJson = (source: Source): string =>
  JSON.stringify(source, (_name, value) => (value === null ? undefined : value));

/** SQL: the values of the columns `request_id, source` from that parameter. */
export const fromSource = (parameter: string): string =>
  `${parameter}::jsonb ->> 'requestId', nullif(${parameter}::jsonb - 'requestId', '{}')`;
