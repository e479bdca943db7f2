import { checkedContent, NotAsSaid } from '../../../src/domain/attachments/checked-content.js';
import { FILE_TYPES, knownType } from '../../../src/domain/attachments/file-types.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const zip = (name: string, ...more: string[]) =>
  bytes(`PK\x03\x04${'\0'.repeat(26)}${name}${more.join('\0')}`);
const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const odt = 'application/vnd.oasis.opendocument.text';

async function judged(type: string, content: Buffer, piece = content.length || 1): Promise<string> {
  async function* pieces() {
    for (let from = 0; from < content.length; from += piece) yield content.subarray(from, from + piece);
  }
  const passed: Uint8Array[] = [];
  try {
    for await (const each of checkedContent(pieces(), { type, size: content.length })) passed.push(each);
  } catch (error) {
    if (error instanceof NotAsSaid) return `${error.what} after ${Buffer.concat(passed).length}`;
    throw error;
  }
  return Buffer.concat(passed).equals(content) ? 'FITS' : 'CHANGED';
}

it.each([
  ['application/pdf', bytes('%PDF-1.7\n...')],
  ['image/png', bytes('\x89PNG\r\n\x1a\n....')],
  ['image/jpeg', bytes('\xff\xd8\xff\xe0....')],
  ['image/gif', bytes('GIF89a....')],
  ['image/webp', bytes('RIFF\0\0\0\0WEBPVP8 ')],
  [office, zip('[Content_Types].xml')],
  [office, zip('_rels/.rels', 'word/document.xml', '[Content_Types].xml')],
  [odt, zip(`mimetype${odt}`)],
  ['text/plain', Buffer.from('Grüße, 計画')],
  ['text/csv', Buffer.from('a;b\r\n1;2\r\n')],
])('knows %s by its content, however it comes', async (type, content) => {
  expect(await judged(type, content)).toBe('FITS');
  expect(await judged(type, content, 1)).toBe('FITS');
});

it.each([
  ['application/pdf', bytes('MZ this is a program')],
  ['application/pdf', bytes(' %PDF-1.7')],
  ['image/png', bytes('\x89PNG\n\x1a\n')],
  ['image/webp', bytes('RIFF\0\0\0\0WAVEfmt ')],
  [office, zip('evil.exe', '[Content_Types].xml')],
  [office, zip('word/document.xml')],
  [odt, zip('mimetypeapplication/zip')],
  ['text/plain', bytes('MZ\0\0\0')],
  ['text/plain', bytes('Gr\xfc\xdfe')],
  ['text/plain', bytes('cut in half \xe2\x82')],
])('lets nothing through that is no %s', async (type, content) => {
  expect(await judged(type, content)).toBe(
    `TYPE after ${type === 'text/plain' && content.at(-1) === 0x82 ? content.length : 0}`,
  );
});

it('looks at all of a text, not only at its beginning', async () => {
  const content = Buffer.concat([Buffer.alloc(100_000, 'x'), Buffer.from([0]), Buffer.alloc(10, 'x')]);
  expect(await judged('text/plain', content, 10_000)).toMatch(/^TYPE/);
});

it('knows types whatever their case and parameters, and none that are not on the list', () => {
  expect(knownType('Text/Plain; charset=utf-8')).toBe('text/plain');
  for (const type of ['text/html', 'image/svg+xml', 'application/zip', '', '__proto__', 'toString']) {
    expect(knownType(type)).toBeNull();
  }
  expect(Object.keys(FILE_TYPES).filter((type) => /html|svg|script|xml$/.test(type))).toEqual([]);
});
