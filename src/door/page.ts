import { languageOf, pageWords } from '../server/pages/words/by-language.js';

/** What the server has said in the language of the browser, the script says in the same one. */
export const words = pageWords[languageOf(document.documentElement.lang) ?? 'EN'];

/** This page as the server would print it now; null where nobody answers. */
export async function readPage(): Promise<Document | null> {
  const response = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => null);
  if (!response?.ok) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}
