/** One component of an iCalendar file as it stands there, with the number of its first line. */
export interface CalendarBlock {
  readonly line: number;
  readonly text: string;
}

export interface CalendarBlocks {
  readonly events: readonly CalendarBlock[];
  readonly zones: readonly CalendarBlock[];
}

/** Where the file stops being a calendar. */
export interface BrokenCalendar {
  readonly line: number;
  readonly message: string;
}

/** A reminder in an event in a calendar is the third; whoever nests deeper only wants to see what gives way. */
const MOST_NESTED = 10;

/**
 * Cuts an iCalendar file (RFC 5545, 3.4) into its events and time zones, so that each can be read by itself: an
 * error in one says nothing about the others. Lines may end in CRLF or in LF alone, and be folded.
 */
export function calendarBlocks(file: string): CalendarBlocks | BrokenCalendar {
  const events: CalendarBlock[] = [];
  const zones: CalendarBlock[] = [];
  const open: { name: string; line: number }[] = [];
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const [, edge, word] = /^(BEGIN|END):(.*)$/i.exec(text) ?? [];
    const name = word?.trim().toUpperCase() ?? '';
    if (open.length === 0 && text.trim() !== '' && !(edge && name === 'VCALENDAR'))
      return { line, message: 'An iCalendar file begins with BEGIN:VCALENDAR.' };
    if (edge?.toUpperCase() === 'BEGIN') {
      open.push({ name, line });
      if (open.length > MOST_NESTED)
        return { line, message: `Components stand in each other up to ${MOST_NESTED} deep.` };
    } else if (edge) {
      const begun = open.pop();
      if (begun?.name !== name) return { line, message: `END:${name} ends what has not begun.` };
      const kept = open.length === 1 ? { VEVENT: events, VTIMEZONE: zones }[name] : undefined;
      kept?.push({ line: begun.line, text: lines.slice(begun.line - 1, line).join('\r\n') });
    }
  }
  const left = open.at(-1);
  if (left) return { line: left.line, message: `BEGIN:${left.name} has no end.` };
  return { events, zones };
}
