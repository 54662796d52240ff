/** The words people and teams are described in. Pure: the schema registers them in `directory.enums.ts`. */

/** How much an organization matters to the business; raises the priority of its tickets. */
export enum Tier {
  STANDARD = 'STANDARD',
  IMPORTANT = 'IMPORTANT',
  KEY = 'KEY',
}

/** Whether an agent takes new work now. */
export enum Availability {
  AVAILABLE = 'AVAILABLE',
  AWAY = 'AWAY',
}
