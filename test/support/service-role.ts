import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/platform/config.js';
import { BASICS, onServer, type Place } from './desk.js';

/** A new database with two roles: one that owns what is in it, and one that nothing was granted yet. */
export class TwoRoles implements Place {
  private readonly name = `stepdesk_roles_${randomBytes(4).toString('hex')}`;
  readonly owner = `${this.name}_owner`;
  readonly service = `${this.name}_service`;
  private readonly password = randomBytes(16).toString('hex');

  private constructor(private readonly server: string) {}

  static async make(): Promise<TwoRoles> {
    const made = new TwoRoles(process.env.DATABASE_URL as string);
    for (const role of [made.owner, made.service])
      await onServer(made.server, `create role ${role} login password '${made.password}'`);
    await onServer(made.server, `create database ${made.name} owner ${made.owner}`);
    return made;
  }

  /** Where a role finds the database. */
  url(role: string): string {
    const url = new URL(this.server);
    [url.username, url.password, url.pathname] = [role, this.password, `/${this.name}`];
    return url.href;
  }

  config(env: Record<string, string>) {
    const database = { DATABASE_URL: this.url(this.service), MIGRATION_DATABASE_URL: this.url(this.owner) };
    return loadConfig({ ...BASICS, DATA_DIR: join(tmpdir(), this.name), ...database, ...env });
  }

  async parts() {
    return {};
  }

  /** Runs statements as a role, one after another on one connection. @returns the rows of the last */
  async as<Row extends object>(role: string, ...statements: string[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url(role) });
    await client.connect();
    try {
      let rows: Row[] = [];
      for (const statement of statements) rows = (await client.query(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }

  /** What the server's superuser does to roles. */
  async asSuperuser(statement: string): Promise<void> {
    await onServer(this.server, statement);
  }

  async drop(): Promise<void> {
    await onServer(this.server, `drop database ${this.name} with (force)`);
    for (const role of [this.service, this.owner]) await onServer(this.server, `drop role ${role}`);
  }
}
