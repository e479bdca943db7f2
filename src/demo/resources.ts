import { newId } from '../domain/ids.js';
import type { DemoSite } from './places.js';
import type { Random } from './random.js';

export interface DemoType {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly object[];
}

export interface DemoResource {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type_id: string;
  readonly place_id: string;
  readonly time_zone: string;
  readonly pooled: boolean;
  readonly capacity: number;
  readonly seats: number | null;
  readonly status: 'ACTIVE' | 'MAINTENANCE';
  readonly status_reason: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly setup_minutes: number;
  readonly teardown_minutes: number;
}

const type = (name: string, description: string, attributes: readonly object[] = []): DemoType => ({
  id: newId(),
  name,
  description,
  attributes,
});
const boolean = (key: string, label: string) => ({ key, label, kind: 'BOOLEAN', required: false });
const number = (key: string, label: string, unit: string) => ({
  key,
  label,
  kind: 'NUMBER',
  unit,
  required: false,
});
const choice = (key: string, label: string, choices: string[]) => ({
  key,
  label,
  kind: 'CHOICE',
  choices,
  required: false,
});

export const demoTypes = () => ({
  room: type('Meeting room', 'A room for several people.', [
    boolean('videoWall', 'Video wall'),
    boolean('whiteboard', 'Whiteboard'),
    number('area', 'Area', 'm²'),
  ]),
  desk: type('Desk', 'A place to work.', [
    boolean('heightAdjustable', 'Height adjustable'),
    number('monitors', 'Monitors', 'pieces'),
  ]),
  instrument: type('Instrument', 'A measuring instrument; needs cleaning after each use.', [
    number('resolution', 'Resolution', 'nm'),
  ]),
  vehicle: type('Vehicle', 'Keys at the reception.', [
    choice('drive', 'Drive', ['Electric', 'Hybrid', 'Diesel']),
    number('range', 'Range', 'km'),
  ]),
  equipment: type('Equipment', 'A pool of equal things to borrow.'),
});

const ROOMS = [
  'Spree',
  'Havel',
  'Panke',
  'Dahme',
  'Oder',
  'Elbe',
  'Isar',
  'Main',
  'Neckar',
  'Lahn',
  'Tejo',
  'Douro',
  'Minho',
  'Sado',
  'Mondego',
  'Vouga',
  'Hudson',
  'Harlem',
  'Bronx',
  'Delaware',
  'Mohawk',
  'Raritan',
  'Ems',
  'Weser',
  'Saale',
  'Werra',
];
const INSTRUMENTS = [
  'Confocal microscope',
  'Electron microscope',
  'Mass spectrometer',
  'Sequencer',
  'X-ray diffractometer',
  'Spectrophotometer',
];
const POOLS = [
  ['Laptop', 20, 10, 10],
  ['Projector', 5, 3, 3],
  ['Bicycle', 8, 4, 0],
] as const;

/** Some seventy resources, each on a floor of its site. */
export function demoResources(
  sites: readonly DemoSite[],
  types: ReturnType<typeof demoTypes>,
  random: Random,
): DemoResource[] {
  const resources: DemoResource[] = [];
  const add = (site: DemoSite, of: DemoType, name: string, more: Partial<DemoResource>) =>
    resources.push({
      id: newId(),
      name,
      description: '',
      type_id: of.id,
      place_id: site.placeId,
      time_zone: site.zone,
      pooled: false,
      capacity: 1,
      seats: null,
      status: 'ACTIVE',
      status_reason: null,
      tags: [],
      attributes: {},
      setup_minutes: 0,
      teardown_minutes: 0,
      ...more,
    });
  const rooms = [...ROOMS];
  for (const [index, site] of sites.entries()) {
    for (const floor of site.floors) {
      if (floor.name.endsWith('Laboratory')) {
        for (const name of INSTRUMENTS) {
          add(site, types.instrument, name, {
            place_id: floor.placeId,
            teardown_minutes: 15,
            tags: ['laboratory'],
            attributes: { resolution: random.whole(1, 200) },
          });
        }
        continue;
      }
      for (let count = 0; count < 3; count++)
        addRoom(site, floor.placeId, rooms.shift() ?? `Room ${resources.length}`);
      for (let count = 1; count <= 4; count++) {
        add(site, types.desk, `Desk ${floor.name.replace(/\D+/g, '')}-${count}`, {
          place_id: floor.placeId,
          seats: 1,
          attributes: { heightAdjustable: random.chance(0.6), monitors: random.whole(1, 2) },
        });
      }
    }
    for (let count = 1; count <= 2; count++) {
      add(site, types.vehicle, `Car ${count}`, {
        seats: 5,
        teardown_minutes: 15,
        tags: ['parking'],
        attributes: {
          drive: random.pick(['Electric', 'Hybrid', 'Diesel']),
          range: random.whole(30, 90) * 10,
        },
      });
    }
    for (const [name, ...quantities] of POOLS) {
      const capacity = quantities[index] ?? 0;
      if (capacity > 0)
        add(site, types.equipment, `${name}s`, { pooled: true, capacity, tags: [name.toLowerCase()] });
    }
  }
  return resources;

  function addRoom(site: DemoSite, placeId: string, name: string): void {
    const seats = random.pick([4, 6, 8, 8, 12, 20]);
    const big = seats >= 12;
    const attributes = {
      videoWall: big || random.chance(0.4),
      whiteboard: random.chance(0.7),
      area: seats * 3,
    };
    const closed = name === 'Panke' ? { status: 'MAINTENANCE' as const, status_reason: 'New carpet' } : {};
    add(site, types.room, name, {
      place_id: placeId,
      seats,
      setup_minutes: big ? 15 : 0,
      teardown_minutes: big ? 15 : 0,
      tags: big ? ['video', 'catering'] : ['quiet'],
      attributes,
      ...closed,
    });
  }
}
