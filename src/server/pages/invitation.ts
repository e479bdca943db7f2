import { htmlText } from '../../domain/notifications/html-text.js';
import { whenOf, whereOf } from '../../domain/notifications/tell.js';
import { words } from '../../domain/notifications/words/by-language.js';
import { isCertain } from '../../domain/participants/standing.js';
import type { ShownInvitation } from '../../sql/participants/invitation-links.js';

const ANSWERS = ['ACCEPTED', 'TENTATIVE', 'DECLINED'] as const;

const page = (language: string, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${htmlText(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/signpost.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** What a link shows that leads nowhere, or nowhere any more. */
export const UNKNOWN_INVITATION = page('en', 'Holdfast', '<h1>This link no longer works</h1>');

/** What a guest needs to answer, and the buttons to do it; the answer goes to where the page came from. */
export function invitationPage(shown: ShownInvitation, hasChanged: boolean): string {
  const { language, response, version, title, organizer, timeZone, isOver } = shown;
  const said = words[language];
  const stands = isCertain(shown.state) && !isOver;
  const facts = [
    [said.when, whenOf(language, shown, timeZone)],
    [said.where, whereOf(shown)],
    [said.by, organizer],
    [said.answer, said.answers[response]],
  ] as const;
  const rows = facts.map(
    ([name, value]) => `<li><span>${htmlText(name)}</span><span>${htmlText(value)}</span></li>`,
  );
  const buttons = ANSWERS.map(
    (answer) => `<button name="response" value="${answer}">${htmlText(said.choices[answer])}</button>`,
  );
  const form = `<form method="post"><input type="hidden" name="version" value="${version}">${buttons.join('\n')}</form>`;
  return page(
    language.toLowerCase(),
    title,
    `${hasChanged ? `<p role="alert">${htmlText(said.hasChanged)}</p>` : ''}
<p>${htmlText(said.headings.INVITED)}</p>
<h1>${htmlText(title)}</h1>
<ul>
${rows.join('\n')}
</ul>
${stands ? form : `<p>${htmlText(said.gone)}</p>`}`,
  );
}
