import type { Act } from '../leaf.js';
import { RESOURCE_FACTS } from '../output/resource.js';
import { printFacts } from '../output/table.js';
import { findResource } from './find-resource.js';

export const resourceShow: Act = async (session, _options, given) => {
  const resource = await findResource(session, given as string);
  if (session.out.isJson) session.out.json(resource);
  else printFacts(session.out, RESOURCE_FACTS, resource);
};
