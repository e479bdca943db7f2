import { newId } from '../domain/ids.js';

export interface DemoPlace {
  readonly id: string;
  readonly parent_id: string | null;
  readonly kind: 'SITE' | 'BUILDING' | 'FLOOR' | 'AREA';
  readonly name: string;
  readonly time_zone: string | null;
  readonly path: readonly string[];
}

/** A site with its zone, its buildings and their floors. */
const SITES = [
  {
    name: 'Berlin',
    zone: 'Europe/Berlin',
    buildings: [
      { name: 'Haus Nord', floors: ['Floor 1', 'Floor 2', 'Floor 3'] },
      { name: 'Haus Süd', floors: ['Floor 1', 'Laboratory'] },
    ],
  },
  {
    name: 'Lisbon',
    zone: 'Europe/Lisbon',
    buildings: [{ name: 'Casa Tejo', floors: ['Floor 1', 'Floor 2'] }],
  },
  {
    name: 'New York',
    zone: 'America/New_York',
    buildings: [{ name: 'Hudson House', floors: ['Floor 4', 'Floor 5'] }],
  },
];

export interface DemoSite {
  readonly name: string;
  readonly zone: string;
  readonly placeId: string;
  /** Each floor with the building in front: `Haus Nord, Floor 1`. */
  readonly floors: readonly { readonly name: string; readonly placeId: string }[];
}

/** The place tree, parents before their children, and the sites as the other rooms of the demo need them. */
export function demoPlaces(): { places: DemoPlace[]; sites: DemoSite[] } {
  const places: DemoPlace[] = [];
  const add = (
    kind: DemoPlace['kind'],
    name: string,
    parent: DemoPlace | null,
    zone: string | null = null,
  ): DemoPlace => {
    const id = newId();
    const place = {
      id,
      parent_id: parent?.id ?? null,
      kind,
      name,
      time_zone: zone,
      path: [...(parent?.path ?? []), id],
    };
    places.push(place);
    return place;
  };
  const sites = SITES.map(({ name, zone, buildings }) => {
    const site = add('SITE', name, null, zone);
    const floors = buildings.flatMap((building) => {
      const house = add('BUILDING', building.name, site);
      return building.floors.map((floor) => ({
        name: `${building.name}, ${floor}`,
        placeId: add('FLOOR', floor, house).id,
      }));
    });
    return { name, zone, placeId: site.id, floors };
  });
  return { places, sites };
}
