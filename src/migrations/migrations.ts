import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 } from './0001-desk.js';
import { Migration0002 } from './0002-mail.js';
import { Migration0003 } from './0003-definitions.js';
import { Migration0004 } from './0004-work.js';
import { Migration0005 } from './0005-deadlines.js';
import { Migration0006 } from './0006-event-log.js';
import { Migration0007 } from './0007-directory.js';
import { Migration0008 } from './0008-report-editors.js';
import { Migration0009 } from './0009-turns-and-overdue.js';
import { Migration0010 } from './0010-append-only.js';
import { Migration0011 } from './0011-files.js';

/** Every migration, in order. Names are kept in the database: never rename one that was released. */
export const migrations: MigrationObject[] = [
  { name: '0001-desk', class: Migration0001 },
  { name: '0002-mail', class: Migration0002 },
  { name: '0003-definitions', class: Migration0003 },
  { name: '0004-work', class: Migration0004 },
  { name: '0005-deadlines', class: Migration0005 },
  { name: '0006-event-log', class: Migration0006 },
  { name: '0007-directory', class: Migration0007 },
  { name: '0008-report-editors', class: Migration0008 },
  { name: '0009-turns-and-overdue', class: Migration0009 },
  { name: '0010-append-only', class: Migration0010 },
  { name: '0011-files', class: Migration0011 },
];
