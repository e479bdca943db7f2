/** How many of the first bytes tell what a file is. */
export const SAMPLE_BYTES = 4_096;

interface FileType {
  /** By its first bytes, up to SAMPLE_BYTES of them. */
  readonly fits: (sample: Buffer) => boolean;
  /** All of it is text, which has no first bytes of its own. */
  readonly isText: boolean;
}

const begins = (...alternatives: (string | Buffer)[]): FileType => ({
  fits: (sample) =>
    alternatives.some((wanted) => {
      const bytes = typeof wanted === 'string' ? Buffer.from(wanted, 'latin1') : wanted;
      return sample.subarray(0, bytes.length).equals(bytes);
    }),
  isText: false,
});

const ZIP = 'PK\x03\x04';
const NAME_AT = 30;

/** A zip whose first entry is one of these: Office Open XML (ECMA-376), which begins with what lists its parts. */
const officeXml: FileType = {
  fits: (sample) =>
    begins(ZIP).fits(sample) &&
    ['[Content_Types].xml', '_rels/.rels', 'docProps/', 'word/', 'xl/', 'ppt/'].some((name) =>
      sample.subarray(NAME_AT, NAME_AT + name.length).equals(Buffer.from(name)),
    ) &&
    sample.includes('[Content_Types].xml'),
  isText: false,
};

/** OpenDocument names its own type in its first entry, not compressed (OpenDocument 1.3, part 2, 3.3). */
const openDocument = (kind: string): FileType => ({
  fits: (sample) =>
    begins(ZIP).fits(sample) &&
    sample
      .subarray(NAME_AT, NAME_AT + 100)
      .toString('latin1')
      .startsWith(`mimetypeapplication/vnd.oasis.opendocument.${kind}`),
  isText: false,
});

const text: FileType = { fits: () => true, isText: true };

/** What may be attached. Nothing that a browser would run, whatever it is called. */
export const FILE_TYPES: Readonly<Record<string, FileType>> = {
  'application/pdf': begins('%PDF-'),
  'image/png': begins('\x89PNG\r\n\x1a\n'),
  'image/jpeg': begins('\xff\xd8\xff'),
  'image/gif': begins('GIF87a', 'GIF89a'),
  'image/webp': {
    fits: (sample) => begins('RIFF').fits(sample) && sample.subarray(8, 12).toString('latin1') === 'WEBP',
    isText: false,
  },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': officeXml,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': officeXml,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': officeXml,
  'application/vnd.oasis.opendocument.text': openDocument('text'),
  'application/vnd.oasis.opendocument.spreadsheet': openDocument('spreadsheet'),
  'application/vnd.oasis.opendocument.presentation': openDocument('presentation'),
  'text/plain': text,
  'text/csv': text,
  'text/calendar': text,
  'text/markdown': text,
};

/** The type as the table has it, whatever case and parameters it came with; null for what cannot be attached. */
export function knownType(given: string): string | null {
  const [type = ''] = given.toLowerCase().split(';');
  const name = type.trim();
  return Object.hasOwn(FILE_TYPES, name) ? name : null;
}
