import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 } from './0001-desk.js';
import { Migration0002 } from './0002-mail.js';
import { Migration0003 } from './0003-definitions.js';
import { Migration0004 } from './0004-work.js';
import { Migration0005 } from './0005-deadlines.js';

/** Every migration, in order. Names are kept in the database: never rename one that was released. */
export const migrations: MigrationObject[] = [
  { name: '0001-desk', class: Migration0001 },
  { name: '0002-mail', class: Migration0002 },
  { name: '0003-definitions', class: Migration0003 },
  { name: '0004-work', class: Migration0004 },
  { name: '0005-deadlines', class: Migration0005 },
];
