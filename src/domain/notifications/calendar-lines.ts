const MOST_OCTETS = 75;

/**
 * A value of type TEXT (RFC 5545, 3.3.11): what would end it is escaped, whatever ends a line becomes a line feed, and
 * other control characters are left out.
 */
export const escaped = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** Folds a line (RFC 5545, 3.1): at most 75 octets without its end, and no character parted. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= MOST_OCTETS) return line;
  let text = '';
  let octets = 0;
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > MOST_OCTETS) {
      text += '\r\n ';
      // The space counts.
      octets = 1;
    }
    text += character;
    octets += more;
  }
  return text;
}

/** Content lines as they are sent: folded, each with CRLF behind it. */
export const printLines = (lines: readonly string[]): string =>
  lines.map((line) => `${folded(line)}\r\n`).join('');
