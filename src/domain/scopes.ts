/** What an API client can be permitted, in the order in which they are shown. No scope contains another. */
export const SCOPES = ['read', 'reserve', 'approve', 'manage', 'administer', 'register'] as const;

export type Scope = (typeof SCOPES)[number];

/** The scopes among these texts, each once and in order; what a newer version may have written is left out. */
export const scopesAmong = (texts: readonly string[]): Scope[] =>
  SCOPES.filter((scope) => texts.includes(scope));

/** Whether the viewer is a person, or a program with that scope: for what is reached otherwise than by a root field. */
export const reaches = (
  viewer: { readonly client?: { readonly scopes: readonly Scope[] } } | null,
  scope: Scope,
): boolean => !viewer?.client || viewer.client.scopes.includes(scope);
