import { languageOf, pageWords } from '../server/pages/words/by-language.js';
import { byId } from './element.js';

/** What the server has said in the language of the browser, the script says in the same one. */
export const words = pageWords[languageOf(document.documentElement.lang) ?? 'EN'];

/** Asks for this page once more, and puts what it shows of the door in place of what was there. */
export async function renewDoor(parts: readonly string[]): Promise<void> {
  const response = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => null);
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of parts) {
    const part = fresh.getElementById(id);
    if (part) byId(id).replaceWith(part);
  }
}
