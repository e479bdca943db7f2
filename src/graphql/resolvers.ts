/** Every resolver class of the schema; build-schema.ts is the only reader. */
export const resolvers = [] as const;
