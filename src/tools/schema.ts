import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { makeSchema } from '../schema.js';
import { schemaChanges } from './schema-changes.js';

/**
 * Writes schema.graphql from the classes: `npm run schema`. With `--check` it writes nothing and fails when the
 * file is not what it would write. With `--compare [commit]` it names what clients may notice since that commit,
 * or since the schema was another the last time; from version 1.0.0 on it fails for what breaks them unannounced.
 */
const FILE = 'schema.graphql';

async function printed(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await makeSchema()))}\n`;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The schema as it was before it became what it is; null where there was none. */
function earlier(now: string, commit: string | undefined): string | null {
  if (commit !== undefined) return git('show', `${commit}:${FILE}`);
  const commits = git('log', '--max-count=5', '--format=%H', '--', FILE).split('\n').filter(Boolean);
  for (const each of commits) {
    const then = git('show', `${each}:${FILE}`);
    if (then !== now) return then;
  }
  return null;
}

function compare(commit: string | undefined): void {
  const now = readFileSync(FILE, 'utf8');
  const before = earlier(now, commit);
  if (before === null) {
    process.stdout.write('There is no earlier schema to compare with.\n');
    return;
  }
  const { breaking, dangerous } = schemaChanges(before, now, new Date().toISOString().slice(0, 10));
  for (const change of breaking) process.stdout.write(`breaking: ${change}\n`);
  for (const change of dangerous) process.stdout.write(`dangerous: ${change}\n`);
  process.stdout.write(
    `The schema: ${breaking.length} breaking changes, ${dangerous.length} dangerous ones.\n`,
  );
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  if (breaking.length > 0 && !version.startsWith('0.')) {
    process.stderr.write('Deprecate first, with the day of the removal (docs/front-end.md).\n');
    process.exitCode = 1;
  }
}

const [option, commit] = process.argv.slice(2);
if (option === '--compare') compare(commit);
else if (option === '--check') {
  if (readFileSync(FILE, 'utf8') !== (await printed())) {
    process.stderr.write(`${FILE} is not up to date: run npm run schema and commit it.\n`);
    process.exitCode = 1;
  }
} else writeFileSync(FILE, await printed());
