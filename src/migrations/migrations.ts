import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 } from './0001-desk.js';
import { Migration0003 } from './0003-definitions.js';

/** Every migration, in order. Names are kept in the database: never rename one that was released. */
export const migrations: MigrationObject[] = [
  { name: '0001-desk', class: Migration0001 },
  { name: '0003-definitions', class: Migration0003 },
];
