/** A word for the shell as it stands, in quotes where it needs them. */
export const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command to be pasted. */
export const commandLine = (...words: readonly string[]): string =>
  ['holdfast', ...words.map(quote)].join(' ');
