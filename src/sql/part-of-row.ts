/**
 * Takes one object out of rows that carry its columns under a prefix: `resourceFrom('x_', ['id', 'name'])` is a
 * function from such a row to a resource that has those and no others.
 */
export const partOf =
  <Part extends object, Key extends keyof Part & string>(node: string) =>
  (prefix: string, keys: readonly Key[]) => {
    const columns = keys.map((key) => [key, prefix + key] as const);
    return (row: Readonly<Record<string, unknown>>): Part => {
      const part: Record<string, unknown> = { node };
      for (const [key, column] of columns) part[key] = row[column];
      return part as Part;
    };
  };
