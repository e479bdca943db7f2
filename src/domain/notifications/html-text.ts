const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Without control characters but the line end, which have no place in what people read. */
export const plainText = (value: string): string =>
  value.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');

/** Whatever people have typed as HTML that shows just that, in an element or in quotes. */
export const htmlText = (value: string): string =>
  plainText(value)
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replaceAll('\n', '<br>');
