/** The same characters that words_of parts words at. */
const PARTS = /[!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~\s]+/u;

/** No search needs more words than this; what follows is ignored. */
const MOST_WORDS = 12;

/**
 * What people type, as text for `to_tsquery('simple', …)`: every word must begin some word of the resource.
 * Null where no word is left: then there is nothing to search for.
 */
export function prefixQuery(search: string): string | null {
  const words = search.split(PARTS).filter((word) => word !== '');
  if (words.length === 0) return null;
  return words
    .slice(0, MOST_WORDS)
    .map((word) => `'${word}':*`)
    .join(' & ');
}
