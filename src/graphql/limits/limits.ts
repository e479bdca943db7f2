/** What one operation may ask for, over HTTP and over sockets alike. */
export const LIMITS = {
  /** Lexical tokens of a document. */
  tokens: 2_000,
  /** Fields below each other. Introspection, where it is on, has a depth of its own. */
  depth: 12,
  introspectionDepth: 20,
  /** Fields in the selection of one object, and in the whole operation with its fragments spread out. */
  fieldsOfOneObject: 100,
  fields: 1_000,
  rootFields: 20,
  aliases: 30,
  directives: 10,
  /** `first` and `last` of a list. */
  page: 200,
  /** Entries of any list that is passed in. */
  list: 1_000,
  /** See cost.ts. A calendar of 1,000 resources with their spans, each with its cause, comes to 22,000. */
  cost: 25_000,
  /** Errors reported for one document. */
  errors: 10,
} as const;
