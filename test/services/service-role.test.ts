import { afterAll, describe, expect, test } from '@jest/globals';
import { type App, start } from '../../src/app.js';
import { Role } from '../../src/platform/auth/viewer.js';
import { identify } from '../../src/platform/events/log-origin.js';
import { dropMonths, makeMonths } from '../../src/platform/events/log-upkeep.js';
import {
  AuditEntriesDocument,
  CreateTeamDocument,
  EventsAfterDocument,
  MailThreadDocument,
  ReplyToTicketDocument,
} from '../generated/graphql.js';
import { hours, publish, Timed, timedSteps } from '../modules/deadlines/timed.js';
import { until, useDesk } from '../support/desk.js';
import { appendFacts } from '../support/facts.js';
import { MailServer } from '../support/mail-server.js';
import { TwoRoles } from '../support/service-role.js';

/** A desk whose database is owned by one role and served by another, which was granted nothing before. */
const mails = await MailServer.start();
let roles: TwoRoles;
const desk = useDesk(
  { SMTP_URL: mails.url, MAIL_FROM: 'support@desk.example', JWT_SECRET: 'x'.repeat(32) },
  async () => {
    roles = await TwoRoles.make();
    return roles;
  },
);
afterAll(() => mails.stop());
const CUSTOMER = 'customer@demo.stepdesk.example';

describe('the role that serves', () => {
  test('carries a ticket through its steps, mail and deadlines, live and audited', async () => {
    const timeout = { afterHours: 10, counting: 'ALL_DAYS', action: 'APPROVE' } as const;
    await publish(desk, 'approved', ...timedSteps(undefined, timeout));
    const timed = await Timed.start(desk, 'approved');
    await timed.complete('first');
    desk.clock.letDaysPass(hours(11));
    await timed.until('ApprovalDecided');

    const agent = await desk.as(Role.AGENT);
    const input = { ticketId: timed.ticketId, body: 'It is on its way.' };
    expect((await agent.ask(ReplyToTicketDocument, { input })).replyToTicket.userErrors).toEqual([]);
    await mails.mailTo(CUSTOMER, ({ text }) => text?.includes('on its way') ?? false);
    const sent = async () => {
      const { ticket } = await agent.ask(MailThreadDocument, { id: timed.ticketId });
      return ticket?.messages.nodes.some(({ delivery }) => delivery === 'SENT') ?? false;
    };
    await until(sent, 'the mail to be SENT');

    const admin = await desk.as(Role.ADMIN);
    const { createTeam } = await admin.ask(CreateTeamDocument, { input: { name: 'Served' } });
    expect(createTeam.userErrors).toEqual([]);
    const { auditEntries } = await admin.ask(AuditEntriesDocument, { first: 100 });
    expect(auditEntries.nodes.map(({ action }) => action)).toContain('createTeam');
  });

  test('has months of the log made and dropped, with all that owners see to', async () => {
    const { database } = desk.app.desk;
    const before = await roles.as<{ name: string }>(roles.owner, MONTHS);
    const last = before.at(-1)?.name as string;
    await roles.as(
      roles.owner,
      `drop table ${last}`,
      `create table event_2020_01 partition of event for values from ('2020-01-01Z') to ('2020-02-01Z')`,
      `insert into event (id, xid, position, stream_id, stream_seq, type, visibility, occurred_at, appended_at, data)
         select 'old ' || id, xid, position, 'old', stream_seq, type, visibility, occurred_at, '2020-01-15Z', data
         from event order by xid, position limit 5`,
    );
    const agent = await desk.as(Role.AGENT);
    const { events } = await agent.ask(EventsAfterDocument, {});
    await makeMonths(database);
    expect(await dropMonths(database, 1)).toEqual(['event_2020_01']);
    const owned = `${roles.owner} event_stays,event_rows_stay`;
    expect(await roles.as(roles.owner, MONTHS)).toEqual(before.map(({ name }) => ({ name, owned })));
    const early = await agent.ask(EventsAfterDocument, { after: events.events[0]?.cursor });
    expect(early.events.resyncRequired).toBe(true);
  });

  test('has a log of another cluster numbered anew', async () => {
    await roles.as(
      roles.owner,
      'alter table event disable trigger event_rows_stay',
      'update event set xid = (xid::text::bigint + 5000000000)::text::xid8',
      'alter table event enable trigger event_rows_stay',
      `update event_log set origin = 'another cluster'`,
    );
    const { id } = await identify(desk.app.desk.database);
    expect(id).not.toBe(desk.app.desk.eventLog.id);
    await desk.restart();
    const timed = await Timed.start(desk, 'approved');
    await appendFacts(desk.app.desk, timed.ticketId, ['after']);
    await timed.until('COUNTED');
  });

  test('may do nothing else', async () => {
    const [{ name: month } = { name: '' }] = await roles.as<{ name: string }>(roles.owner, MONTHS);
    const rows = ['event', month, 'event_default', 'audit', 'process_version'].flatMap((table) => [
      `update ${table} set id = id`,
      `delete from ${table}`,
      `truncate ${table}`,
      `alter table ${table} disable trigger user`,
      `drop table ${table}`,
    ]);
    const others = [
      `insert into ${month} (id) values ('x')`,
      `update event_log set floor_position = 0`,
      `select setval('event_position', 1)`,
      `delete from event_log`,
      `delete from mikro_orm_migrations`,
      `insert into mikro_orm_migrations (name) values ('x')`,
      'create table mine (id text)',
      'create function mine() returns int language sql as $$ select 1 $$',
      `create trigger mine before insert on ticket execute function event_is_append_only()`,
      'alter table ticket add mine text',
      'drop function event_drop_months',
      'create schema mine',
      `set session_replication_role = replica`,
      `set role ${roles.owner}`,
      `alter role ${roles.service} superuser`,
    ];
    const answers = await Promise.all(
      [...rows, ...others].map(async (statement) => [
        statement,
        await roles.as(roles.service, statement).catch((error: { code: string }) => error.code),
      ]),
    );
    expect(answers).toEqual([...rows, ...others].map((statement) => [statement, '42501']));
  });

  test('is fooled by nobody into doing otherwise: what has the owner’s rights knows its tables', async () => {
    const asOwner = await roles.as<{ name: string; set: string[] | null; open: boolean }>(
      roles.owner,
      `select proname as name, proconfig as set, has_function_privilege('public', oid, 'execute') as open
       from pg_proc where prosecdef order by 1`,
    );
    expect(asOwner).toEqual(
      ['event_drop_months', 'event_make_months', 'event_number_anew'].map((name) => ({
        name,
        set: ['search_path=public, pg_temp'],
        open: false,
      })),
    );
  });
});

describe('a node by the role that serves alone', () => {
  const alone = (more = {}) => start(roles.config({ MIGRATION_DATABASE_URL: '', ...more }));
  const nodes: App[] = [];
  afterAll(() => Promise.all(nodes.map((node) => node.stop())));

  test('starts where nothing is to be migrated', async () => {
    const node = await alone();
    nodes.push(node);
    expect((await fetch(`${node.url}/readyz`)).status).toBe(200);
  });

  test('says what to do where something is, and does nothing', async () => {
    await roles.as(roles.owner, `delete from mikro_orm_migrations where name = '0010-append-only'`);
    await expect(alone()).rejects.toThrow(/run "stepdesk migrate" with MIGRATION_DATABASE_URL/);
    await roles.as(roles.owner, `insert into mikro_orm_migrations (name) values ('0010-append-only')`);
  });
});

describe('a role that could do more than serve is refused, with the way out', () => {
  const tried = () => start(roles.config({}));
  test.each<[string, (roles: TwoRoles) => [string, string], RegExp]>([
    [
      'it belongs to the owner',
      ({ owner, service }) => [`grant ${owner} to ${service}`, `revoke ${owner} from ${service}`],
      /belongs to their owner/,
    ],
    [
      'it is a superuser',
      ({ service }) => [`alter role ${service} superuser`, `alter role ${service} nosuperuser`],
      /is a superuser/,
    ],
    [
      'it writes everywhere',
      ({ service }) => [`grant pg_write_all_data to ${service}`, `revoke pg_write_all_data from ${service}`],
      /it has .*DELETE.* on audit: revoke/,
    ],
    [
      'it makes roles',
      ({ service }) => [`alter role ${service} createrole`, `alter role ${service} nocreaterole`],
      /it may make roles: alter role/,
    ],
  ])('%s', async (_, change, words) => {
    const [grant, revoke] = change(roles);
    await roles.asSuperuser(grant);
    try {
      await expect(tried()).rejects.toThrow(words);
    } finally {
      await roles.asSuperuser(revoke);
    }
  });

  test('it changes one column of what is recorded', async () => {
    await roles.as(roles.owner, 'grant update (code) on audit to public');
    await expect(tried()).rejects.toThrow(/it has UPDATE on audit: revoke/);
    await roles.as(roles.owner, 'revoke update (code) on audit from public');
  });

  test('it makes tables', async () => {
    await roles.as(roles.owner, 'grant create on schema public to public');
    await expect(tried()).rejects.toThrow(/revoke create on schema public/);
    await roles.as(roles.owner, 'revoke create on schema public from public');
  });

  test('and so are two addresses of different databases', async () => {
    const elsewhere = new URL(roles.url(roles.owner));
    elsewhere.pathname = new URL(process.env.DATABASE_URL as string).pathname;
    await expect(start(roles.config({ DATABASE_URL: elsewhere.href }))).rejects.toThrow(/they must be one/);
  });
});

const MONTHS = `
  select c.relname as name, pg_get_userbyid(relowner) || ' ' || string_agg(tgname, ',' order by tgname desc) as owned
  from pg_inherits join pg_class c on c.oid = inhrelid join pg_trigger on tgrelid = c.oid
  where inhparent = 'event'::regclass and relname <> 'event_default' group by relname, relowner order by 1`;
