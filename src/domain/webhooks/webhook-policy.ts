import { scopeExists } from '../../sql/rules/scope.js';
import type { Queryable } from '../../sql/statement.js';
import type { WebhookFields } from '../../sql/webhooks/write-webhook.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { checkText } from '../text.js';
import { WEBHOOK_EVENTS } from './events.js';

const MOST_NAME = 200;
const MOST_URL = 2_000;
const URL_PATH = ['input', 'url'];
const SCOPE_PATH = ['input', 'scope'];

/** The webhook as it is kept: the address in one spelling, each event once and in order. */
export const settleWebhook = <Fields extends WebhookFields>(fields: Fields): Fields => ({
  ...fields,
  name: fields.name.trim(),
  url: URL.canParse(fields.url) ? new URL(fields.url).href : fields.url,
  events: WEBHOOK_EVENTS.filter((event) => fields.events.includes(event)),
});

function checkUrl(text: string): InvalidInput | null {
  const refusal = checkText(text, URL_PATH, 1, MOST_URL);
  if (refusal) return refusal;
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    return invalidInput(URL_PATH, 'An address looks like https://example.org/hooks.');
  }
  const { username, password, hash } = new URL(text);
  if (username || password || hash) {
    return invalidInput(URL_PATH, 'An address has no user, no password and no fragment.');
  }
  return null;
}

/**
 * Null says that it can be kept. Where the address leads is judged at each delivery, behind the resolution of its
 * name: what is public today may not be tomorrow.
 */
export async function checkWebhook(
  on: Queryable,
  fields: WebhookFields,
): Promise<InvalidInput | NotFound | null> {
  const refusal = checkText(fields.name, ['input', 'name'], 1, MOST_NAME) ?? checkUrl(fields.url);
  if (refusal) return refusal;
  const { resourceId, typeId, placeId } = fields;
  if ([resourceId, typeId, placeId].filter((id) => id !== null).length > 1) {
    return invalidInput(SCOPE_PATH, 'Name a resource, a type or a place, or none of them for all.');
  }
  if (await scopeExists(on, fields)) return null;
  return notFound(SCOPE_PATH, resourceId ? 'resource' : typeId ? 'resource type' : 'place');
}
