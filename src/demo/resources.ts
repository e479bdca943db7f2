import { newId } from '../domain/ids.js';
import type { DemoSite } from './places.js';
import type { Random } from './random.js';
import type { DemoType, DemoTypes } from './types.js';

export interface DemoResource {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type_id: string;
  readonly place_id: string;
  /** The place of its site, which the database knows by the place's path. */
  readonly site_id: string;
  readonly time_zone: string;
  readonly pooled: boolean;
  readonly capacity: number;
  readonly seats: number | null;
  readonly status: 'ACTIVE' | 'MAINTENANCE';
  readonly status_reason: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** What is kept free around its reservations, by itself or by a rule. */
  readonly setup_minutes: number;
  readonly teardown_minutes: number;
  readonly add_on_only: boolean;
}

/** After each use of an instrument; a rule says so, not the instrument. */
export const CLEANING_MINUTES = 15;

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
  ['Confocal microscope', 'Four lasers; introduction needed before the first use.'],
  ['Electron microscope', 'Cool it down half an hour before; liquid nitrogen is in the corridor.'],
  ['Mass spectrometer', 'Bring your own columns.'],
  ['Sequencer', 'One run takes about four hours.'],
  ['X-ray diffractometer', 'Wear your dosimeter.'],
  ['Spectrophotometer', 'Cuvettes are in the drawer below.'],
] as const;
const POOLS = [
  ['Laptop', 'Charged and freshly set up; hand it back at the service desk.', 20, 10, 10],
  ['Projector', 'With HDMI and USB-C cables.', 5, 3, 3],
  ['Bicycle', 'Helmets are at the reception.', 8, 4, 0],
  ['Whiteboard cart', 'Comes to your meeting room with pens and paper.', 4, 2, 2],
] as const;
const ADD_ON = 'Whiteboard cart';

/** Adds resources to the list, site by site. */
class Catalogue {
  readonly resources: DemoResource[] = [];
  readonly #roomNames = [...ROOMS];

  constructor(
    private readonly types: DemoTypes,
    private readonly random: Random,
  ) {}

  #add(site: DemoSite, of: DemoType, name: string, more: Partial<DemoResource>): void {
    this.resources.push({
      id: newId(),
      name,
      description: '',
      type_id: of.id,
      place_id: site.placeId,
      site_id: site.placeId,
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
      add_on_only: false,
      ...more,
    });
  }

  laboratory(site: DemoSite, placeId: string): void {
    for (const [name, description] of INSTRUMENTS) {
      this.#add(site, this.types.instrument, name, {
        description,
        place_id: placeId,
        teardown_minutes: CLEANING_MINUTES,
        tags: ['laboratory'],
        attributes: { resolution: this.random.whole(1, 200) },
      });
    }
  }

  /** Three meeting rooms and four desks. */
  offices(site: DemoSite, placeId: string, floor: string): void {
    for (let count = 0; count < 3; count++) this.#room(site, placeId);
    for (let count = 1; count <= 4; count++) {
      this.#add(site, this.types.desk, `Desk ${floor.replace(/\D+/g, '')}-${count}`, {
        place_id: placeId,
        seats: 1,
        attributes: { heightAdjustable: this.random.chance(0.6), monitors: this.random.whole(1, 2) },
      });
    }
  }

  #room(site: DemoSite, placeId: string): void {
    const { random } = this;
    const name = this.#roomNames.shift() ?? `Room ${this.resources.length}`;
    const seats = random.pick([4, 6, 8, 8, 12, 20]);
    const big = seats >= 12;
    this.#add(site, this.types.room, name, {
      description: big ? 'Coffee and water stand ready; please clear the tables afterwards.' : '',
      place_id: placeId,
      seats,
      setup_minutes: big ? 15 : 0,
      teardown_minutes: big ? 15 : 0,
      tags: big ? ['video', 'catering'] : ['quiet'],
      attributes: { videoWall: big || random.chance(0.4), whiteboard: random.chance(0.7), area: seats * 3 },
      ...(name === 'Panke' ? { status: 'MAINTENANCE', status_reason: 'New carpet' } : {}),
    });
  }

  /** A hall that a folding wall divides into two halves. */
  hall(site: DemoSite): void {
    const rooms = [
      [
        'Conference hall',
        'The folding wall can be opened: reserve the whole hall or one of its halves.',
        120,
      ],
      ['Conference hall, west half', 'With the stage.', 70],
      ['Conference hall, east half', 'With the kitchenette.', 50],
    ] as const;
    for (const [name, description, seats] of rooms) {
      this.#add(site, this.types.room, name, {
        description,
        seats,
        setup_minutes: 30,
        teardown_minutes: 30,
        tags: ['video', 'catering'],
        attributes: { videoWall: true, whiteboard: false, area: seats * 2 },
      });
    }
  }

  vehicles(site: DemoSite): void {
    for (let count = 1; count <= 2; count++) {
      this.#add(site, this.types.vehicle, `Car ${count}`, {
        seats: 5,
        teardown_minutes: 15,
        tags: ['parking'],
        attributes: {
          drive: this.random.pick(['Electric', 'Hybrid', 'Diesel']),
          range: this.random.whole(30, 90) * 10,
        },
      });
    }
  }

  pools(site: DemoSite, index: number): void {
    for (const [name, description, ...quantities] of POOLS) {
      const capacity = quantities[index] ?? 0;
      if (capacity > 0) {
        this.#add(site, this.types.equipment, `${name}s`, {
          description,
          pooled: true,
          capacity,
          tags: [name.toLowerCase()],
          add_on_only: name === ADD_ON,
        });
      }
    }
  }
}

/** Some seventy resources, each on a floor of its site. */
export function demoResources(sites: readonly DemoSite[], types: DemoTypes, random: Random): DemoResource[] {
  const catalogue = new Catalogue(types, random);
  for (const [index, site] of sites.entries()) {
    for (const { name, placeId } of site.floors) {
      if (name.endsWith('Laboratory')) catalogue.laboratory(site, placeId);
      else catalogue.offices(site, placeId, name);
    }
    if (index === 0) catalogue.hall(site);
    catalogue.vehicles(site);
    catalogue.pools(site, index);
  }
  return catalogue.resources;
}
