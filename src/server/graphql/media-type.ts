const GRAPHQL = 'application/graphql-response+json';
const JSON_ONLY = 'application/json';

/** How a client wants its answer; the two differ in what HTTP's status says. */
export type MediaType = typeof GRAPHQL | typeof JSON_ONLY;

interface Wish {
  readonly type: string;
  readonly quality: number;
}

const wishes = (accept: string): Wish[] =>
  accept
    .split(',')
    .map((item) => {
      const [type = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { type, quality: quality ? Number(quality.slice(2)) || 0 : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);

function negotiate(accept: string): MediaType | null {
  for (const { type } of wishes(accept)) {
    if (type === GRAPHQL) return GRAPHQL;
    if (type === JSON_ONLY || type === 'application/*' || type === '*/*') return JSON_ONLY;
  }
  return null;
}

const known = new Map<string, MediaType | null>();
const MOST_KNOWN = 100;

/** The media type that an Accept header asks for, or null when it takes neither. */
export function mediaTypeOf(accept: string | undefined): MediaType | null {
  if (!accept) return JSON_ONLY;
  const found = known.get(accept);
  if (found !== undefined) return found;
  const type = negotiate(accept);
  if (known.size < MOST_KNOWN) known.set(accept, type);
  return type;
}
