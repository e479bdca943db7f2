import documents from '../client/generated/persisted-documents.json' with { type: 'json' };

/** The texts of schema/operations by the ids that the generated client sends in their place; the build copies them along. */
export const ownDocuments: Readonly<Record<string, string>> = documents;
