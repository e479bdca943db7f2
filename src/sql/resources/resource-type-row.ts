export type AttributeKind = 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'CHOICE';

/** What one attribute of a resource type may hold. */
export interface AttributeDefinition {
  readonly key: string;
  readonly label: string;
  readonly kind: AttributeKind;
  /** For people, beside a number: `inch`, `kg`. */
  readonly unit: string | null;
  /** The values that a CHOICE may take; empty for other kinds. */
  readonly choices: readonly string[];
  /** Every resource of the type has a value. */
  readonly required: boolean;
}

/** A type of resources, as PostgreSQL prints it. */
export interface ResourceTypeRow {
  readonly node: 'ResourceType';
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
  readonly version: number;
  readonly createdAt: string;
}

/** What a definition that was not written by our acts may lack. */
const completed = (attributes: string): string => `(
  select coalesce(jsonb_agg('{"unit": null, "choices": [], "required": false}'::jsonb || a.definition order by a.at), '[]')
  from jsonb_array_elements(${attributes}) with ordinality as a (definition, at))`;

/** SQL that prints the row with alias `t` as a ResourceTypeRow. */
export const resourceTypeJson = (t: string): string => `json_build_object(
  'node', 'ResourceType', 'id', ${t}.id, 'name', ${t}.name, 'description', ${t}.description,
  'attributes', ${completed(`${t}.attributes`)}, 'version', ${t}.version, 'createdAt', ${t}.created_at)`;
