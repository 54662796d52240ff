import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { makeSchema } from '../schema.js';

/**
 * Writes schema.graphql from the classes: `npm run schema`. With `--check` it writes nothing and fails
 * when the file is not what it would write.
 */
const FILE = 'schema.graphql';
const printed = `${printSchema(lexicographicSortSchema(await makeSchema()))}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== printed) {
    process.stderr.write(`${FILE} is not up to date: run npm run schema and commit it.\n`);
    process.exit(1);
  }
} else writeFileSync(FILE, printed);
