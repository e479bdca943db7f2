/** Where this page's own server answers. */
export const HTTP_URL = new URL('/graphql', location.href).href;
export const SOCKET_URL = HTTP_URL.replace(/^http/, 'ws');

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks the server as nobody, or as whoever the token speaks for. Rejects when it cannot be reached. */
export async function ask<Data>(
  query: string,
  variables: Record<string, unknown>,
  accessToken: string | null,
): Promise<Answer<Data>> {
  const response = await fetch(HTTP_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}
