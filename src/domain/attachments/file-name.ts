const MOST_CHARACTERS = 150;
const LEAST_NAME = 'file';

/**
 * A name to show and to save under, of whatever a program has sent: the last part of a path, without what could steer a
 * terminal, a header, a file system or the direction of writing, at most 150 characters with its ending kept.
 */
export function cleanFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const characters = [...plain];
  if (characters.length <= MOST_CHARACTERS) return plain || LEAST_NAME;
  const ending = /\.[^.]{1,10}$/u.exec(plain)?.[0] ?? '';
  const kept = characters.slice(0, MOST_CHARACTERS - [...ending].length);
  return `${kept.join('').replace(/[\s.]+$/, '')}${ending}`;
}

/** What RFC 5987 lets stand as it is, beside letters and digits. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A Content-Disposition (RFC 6266) that saves under the clean name and shows nothing. */
export const savedAs = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\%]/gu, '_')}"; filename*=UTF-8''${encoded(name)}`;
