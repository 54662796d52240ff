import type { GraphQLSchema } from 'graphql';
import { sql } from 'kysely';
import type { ProcessDefinition } from '../../../src/modules/process/process.definition.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import { makeSchema } from '../../../src/schema.js';
import type { TestDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { act, mutate, type Payload } from './actor.js';
import { hirePeople, marker, PLACES, type Place } from './people.js';
import { anew, everything, moving } from './stage.process.js';
import { playTicket } from './ticket.play.js';

/** A desk on which there is one of everything, three times: on a ticket of each place. */
export interface Stage {
  readonly schema: GraphQLSchema;
  readonly tickets: Readonly<Record<Place, string>>;
  /** The agents, customers, teams and organizations, by address or name. */
  readonly people: Readonly<Record<string, string>>;
  readonly processes: Readonly<Record<'published' | 'retired' | 'drafted' | 'moving', string>>;
  /** The versions of the published process: the second is another. */
  readonly versions: readonly string[];
  /** Where the log stood before the tickets were made. */
  readonly before: string;
}

/** What nobody does in a test on the way: a product, categories of a team, what closing a ticket leaves. */
async function retouch(desk: TestDesk, { tickets, people }: Pick<Stage, 'tickets' | 'people'>) {
  const db = desk.app.desk.database.sql;
  await sql`update category set team_id = ${people['First line']} where team_id is null`.execute(db);
  const follows: Record<Place, Place> = { OWN: 'OTHER', TEAM: 'OWN', OTHER: 'TEAM' };
  for (const place of PLACES) {
    const id = tickets[place];
    const [told, secret] = [marker(place, 'PUBLIC'), marker(place, 'STAFF')];
    await sql`update ticket set closed_at = now(), resolved_at = now(), resolution = ${told},
      closing_notes = ${secret}, external_id = ${secret}, follow_up_of_id = ${tickets[follows[place]]},
      reopen_count = 1, product_id = (select min(id) from product) where id = ${id}`.execute(db);
    await sql`update message set delivery = 'FAILED', direction = 'OUTBOUND'
      where id = (select min(id) from message where ticket_id = ${id} and mail_id is not null)`.execute(db);
    await sql`update mail set state = 'FAILED', failure = 'TIMEOUT' where id = (select mail_id from message
      where id = (select min(id) from message where ticket_id = ${id} and mail_id is not null))`.execute(db);
  }
}

/** Keys, one a person, used once, and one that was revoked; absences; an act that was refused. */
async function personalThings(schema: GraphQLSchema, desk: TestDesk, people: Stage['people']) {
  const keepers: [string, Place][] = [
    ['agent', 'OWN'],
    ['second', 'TEAM'],
    ['vault', 'OTHER'],
  ];
  const day = (days: number) => new Date(desk.clock.now().getTime() + days * 86_400_000).toISOString();
  for (const [name, place] of keepers) {
    const client = await desk.as(at(name));
    const key = { name: marker(place, 'KEY'), scopes: ['READ'], expiresAt: day(9) };
    const { secret } = await act(schema, client, 'createApiKey', key, 'secret');
    await fetch(`${desk.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: '{ eventCursor }' }),
    });
    const { apiKey } = await act(schema, client, 'createApiKey', key, 'apiKey { id }');
    await act(schema, client, 'revokeApiKey', { apiKeyId: apiKey.id });
    await act(schema, client, 'setAbsence', {
      from: day(20),
      to: day(21),
      reason: 'Away',
      standInId: people[at('senior')],
    });
  }
  await mutate(schema, await desk.as(Role.MANAGER), 'createTeam', {
    name: 'No',
    memberIds: [],
    restricted: false,
    skills: [],
  });
}

/** Processes in each state: published by somebody, retired, and with a draft that has faults. */
async function writeProcesses(schema: GraphQLSchema, desk: TestDesk): Promise<Stage['processes']> {
  const admin = await desk.as(Role.ADMIN);
  const create = async (key: string, definition = everything) => {
    const { process } = await act(
      schema,
      admin,
      'createProcess',
      { key, name: key, description: key, definition: { ...definition, key, name: key } },
      'process { id draft { version } }',
    );
    return process as { id: string; draft: { version: number } };
  };
  const publish = async (key: string, definition = everything) => {
    const { id, draft } = await create(key, definition);
    await act(schema, admin, 'publishProcess', { processId: id, expectedVersion: draft.version });
    return id;
  };
  const [published, retired] = [await publish('everything'), await publish('retired')];
  await act(schema, admin, 'retireProcess', { processId: retired, reason: 'Over' });
  const drafted = await create('drafted');
  await act(schema, admin, 'saveProcessDraft', {
    processId: drafted.id,
    definition: { ...everything, key: 'drafted', steps: [] },
    expectedVersion: drafted.draft.version,
  });
  return { published, retired, drafted: drafted.id, moving: await publish('moving', moving) };
}

/** Publishes a process anew. @returns its versions, the first first */
async function publishAnew(
  schema: GraphQLSchema,
  desk: TestDesk,
  processId: string,
  process: ProcessDefinition,
) {
  const admin = await desk.as(Role.ADMIN);
  const { data } = await admin.send<Payload, unknown>(
    'query ($id: ID!) { node(id: $id) { ... on Process { draft { version } } } }',
    {
      id: processId,
    },
  );
  const expectedVersion = data.node.draft?.version ?? 1;
  const draft = { processId, definition: anew(process), expectedVersion };
  const saved = await act(schema, admin, 'saveProcessDraft', draft, 'process { draft { version } }');
  const published = await act(
    schema,
    admin,
    'publishProcess',
    { processId, expectedVersion: saved.process.draft.version },
    'process { versions { nodes { id } } }',
  );
  return published.process.versions.nodes.map(({ id }: { id: string }) => id).reverse() as string[];
}

/** Moves the runs of the process that moves to its newest version. */
async function moveRuns(schema: GraphQLSchema, desk: TestDesk, to: string): Promise<void> {
  const manager = await desk.as(Role.MANAGER);
  const { data } = await manager.send<Payload, unknown>('{ tickets { nodes { runs { id processName } } } }');
  for (const { runs } of data.tickets.nodes) {
    const runId = runs.find(({ processName }: Payload) => processName === 'moving').id;
    const plan = await manager.send<Payload, unknown>(
      'query ($run: ID!, $to: ID!) { planRunMigration(run: $run, to: $to) { planHash lost { step field } } }',
      { run: runId, to },
    );
    const { planHash, lost } = plan.data.planRunMigration;
    const acceptLoss = lost.map(({ field }: Payload) => field);
    await act(schema, manager, 'migrateRun', { runId, toVersionId: to, planHash, acceptLoss });
  }
}

/** Plays the desk until there is one of everything. */
export async function setStage(desk: TestDesk): Promise<Stage> {
  const schema = await makeSchema();
  const people = await hirePeople(schema, desk);
  const db = desk.app.desk.database.sql;
  // The demo's own tickets are nobody's of the cast.
  for (const table of ['assignment', 'message', 'ticket']) await db.deleteFrom(table).execute();
  await sql`insert into product (id, name) values ('product_01kaaaaaaaaaaaaaaaaaaaaaaa', 'Headset')`.execute(
    db,
  );
  const processes = await writeProcesses(schema, desk);
  await personalThings(schema, desk, people);
  await desk.caughtUp();
  const { data } = await (await desk.as(Role.MANAGER)).send<Payload, unknown>('{ eventCursor }');
  const tickets = {} as Record<Place, string>;
  for (const place of PLACES) tickets[place] = await playTicket(schema, desk, place, people);
  const versions = await publishAnew(schema, desk, processes.published, everything);
  const moved = await publishAnew(schema, desk, processes.moving, { ...moving, name: 'moving' });
  await moveRuns(schema, desk, moved[1] as string);
  await retouch(desk, { tickets, people });
  await desk.caughtUp();
  return { schema, tickets, people, processes, versions, before: data.eventCursor };
}

/** Makes a ticket somebody's own, whoever looks: as its assignee. Nothing is told of it. */
export async function handOver(desk: TestDesk, ticketId: string, agentId: string | undefined) {
  await desk.app.desk.database.sql
    .updateTable('ticket')
    .set({ assignee_id: agentId ?? null })
    .where('id', '=', ticketId)
    .execute();
}
