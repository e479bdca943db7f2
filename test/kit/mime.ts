/** A part of a mail: its headers by lower-case names, unfolded and decoded, and what it holds. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
  /** Decoded, of a part that holds none. */
  readonly text: string;
  readonly parts: readonly Part[];
}

const bytesOf = (text: string, encoding: string | undefined): Buffer => {
  if (encoding?.toLowerCase() === 'base64') return Buffer.from(text, 'base64');
  if (encoding?.toLowerCase() !== 'quoted-printable') return Buffer.from(text, 'latin1');
  const plain = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
};

/** RFC 2047; neighbouring encoded words belong together. */
const decoded = (header: string): string =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, what: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(what, 'base64').toString()
        : bytesOf(what.replaceAll('_', ' '), 'quoted-printable').toString(),
    );

/** Reads a mail as it came over the wire, far enough for our own. */
export function readMime(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const body = raw.slice(end + 4);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = decoded(line.slice(colon + 1).trim());
  }
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (!boundary) {
    const text = bytesOf(body, headers['content-transfer-encoding']).toString('utf8');
    return { headers, type, text, parts: [] };
  }
  const pieces = body.split(`--${boundary}`).slice(1, -1);
  return { headers, type, text: '', parts: pieces.map((piece) => readMime(piece.replace(/^\r\n/, ''))) };
}

/** All parts that hold something, in their order. */
export const leaves = (part: Part): Part[] => (part.parts.length === 0 ? [part] : part.parts.flatMap(leaves));
