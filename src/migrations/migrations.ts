import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 } from './0001-desk.js';
import { Migration0004 } from './0004-work.js';

/** Every migration, in order. Names are kept in the database: never rename one that was released. */
export const migrations: MigrationObject[] = [
  { name: '0001-desk', class: Migration0001 },
  { name: '0004-work', class: Migration0004 },
];
