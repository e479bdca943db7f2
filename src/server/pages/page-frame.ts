import { htmlText } from '../../domain/notifications/html-text.js';
import type { Language } from '../../sql/users/user-columns.js';

interface Frame {
  readonly language: Language;
  readonly title: string;
  /** Of the whole page, for its style. */
  readonly kind: 'check-in' | 'display';
  readonly head?: string;
  /** The address of the page's own script; null where none was built. */
  readonly script: string | null;
  readonly body: string;
}

/** A page at a door. `head` and `body` are HTML. */
export const pageFrame = ({ language, title, kind, head, script, body }: Frame): string => `<!doctype html>
<html lang="${language.toLowerCase()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${head ?? ''}<title>${htmlText(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/door.css">
${script === null ? '' : `<script type="module" src="${script}"></script>\n`}</head>
<body class="${kind}">
${body}
</body>
</html>
`;
