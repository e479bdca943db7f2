/** Every MikroORM entity; database.ts is the only reader. */
export const entities = [] as const;
