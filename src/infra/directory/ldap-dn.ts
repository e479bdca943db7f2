const bytes = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');

/**
 * One spelling of a distinguished name (RFC 4514) for comparing: no case, no spaces around its parts, and every
 * character that may be written in several ways as its bytes.
 */
export const foldedDn = (dn: string): string =>
  dn
    .replace(
      /\\([0-9a-f]{2})|\\(.)|\s*([,=+])\s*|[^\x20-\x7e]+/gisu,
      (text, pair: string | undefined, escaped: string | undefined, sign: string | undefined) =>
        pair ? `\\${pair}` : escaped ? bytes(escaped) : (sign ?? bytes(text.toLowerCase())),
    )
    .trim()
    .toLowerCase();
