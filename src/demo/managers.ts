import type { DemoPerson } from './people.js';
import type { DemoResource } from './resources.js';
import type { DemoType, DemoTypes } from './types.js';

/** Who looks after single resources: the demo member after the vehicles, other members after one instrument each. */
export function demoManagers(
  resources: readonly DemoResource[],
  types: DemoTypes,
  people: readonly DemoPerson[],
): { resource_id: string; user_id: string }[] {
  const [demoMember, ...members] = people.filter(({ role }) => role === 'MEMBER');
  const of = (type: DemoType) => resources.filter(({ type_id }) => type_id === type.id);
  const pair = (resource: DemoResource, person: DemoPerson | undefined) =>
    person ? [{ resource_id: resource.id, user_id: person.id }] : [];
  return [
    ...of(types.vehicle).flatMap((vehicle) => pair(vehicle, demoMember)),
    ...of(types.instrument).flatMap((instrument, index) => pair(instrument, members[index])),
  ];
}
