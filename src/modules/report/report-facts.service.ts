import { sql } from 'kysely';
import { system } from '../../platform/auth/viewer.js';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import type { EventFacts, MessageFacts, ReportFacts, SurveyFacts } from './report.facts.js';
import { runsOf } from './report-runs.service.js';
import { UNTOLD } from './report-timeline.rules.js';

/** Of a long story the latest part is told. */
const MOST_EVENTS = 200;
const MOST_MESSAGES = 50;

/** Ids that stand for somebody or something with a name; each prefix is the name of its table. */
const NAMED = /^(agent|category|customer|product|team)_[0-9a-z]{26}$/;

/**
 * Everything that a report on the ticket is drafted from. What this transaction made is seen, except for
 * its events, which are written at its end.
 * @param runId only the steps of this run; those of every run of the ticket where it is null
 */
export async function factsOf(tx: Transaction, ticket: Ticket, runId: string | null): Promise<ReportFacts> {
  await tx.em.flush();
  const who = await sqlOf(tx.em)
    .selectFrom('customer as c')
    .leftJoin('organization as o', 'o.id', 'c.organization_id')
    .where('c.id', '=', ticket.customerId)
    .select(['c.name', 'c.email', 'o.name as organization'])
    .executeTakeFirst();
  const { events, earlier } = await eventsOf(tx, ticket.id);
  const told = {
    ticket: {
      ...ticket,
      customer: who ? `${who.name} <${who.email}>` : 'Unknown',
      organization: who?.organization ?? null,
    },
    events,
    earlier,
    runs: await runsOf(tx, ticket.id, runId),
    messages: await messagesOf(tx, ticket.id),
    surveys: await surveysOf(tx, ticket.id),
  };
  return { ...told, names: await namesIn(tx, told) };
}

async function eventsOf(
  tx: Transaction,
  ticketId: string,
): Promise<{ events: EventFacts[]; earlier: number }> {
  const rows = await sqlOf(tx.em)
    .selectFrom('event')
    .where('stream_id', '=', ticketId)
    .where('type', 'not in', UNTOLD)
    .orderBy('stream_seq', 'desc')
    .limit(MOST_EVENTS)
    .select(['type', 'occurred_at', 'actor_id', 'data', sql<string>`count(*) over ()`.as('total')])
    .execute();
  const events = rows.reverse().map((row) => ({
    type: row.type as string,
    at: new Date(row.occurred_at),
    actorId: row.actor_id as string | null,
    data: row.data as Record<string, unknown>,
  }));
  return { events, earlier: Number(rows[0]?.total ?? 0) - rows.length };
}

async function messagesOf(tx: Transaction, ticketId: string): Promise<MessageFacts> {
  const messages = sqlOf(tx.em).selectFrom('message').where('ticket_id', '=', ticketId);
  const counts = await messages
    .groupBy('visibility')
    .select(['visibility', sql<string>`count(*)`.as('count')])
    .execute();
  const count = (visibility: string) =>
    Number(counts.find((row) => row.visibility === visibility)?.count ?? 0);
  const rows = await messages
    .where('visibility', '=', 'PUBLIC')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_MESSAGES)
    .select(['created_at', 'author_id', 'direction', 'subject', sql<string>`left(body, 1000)`.as('body')])
    .execute();
  const thread = rows.reverse().map((row) => ({
    at: new Date(row.created_at),
    authorId: row.author_id as string,
    direction: row.direction as string,
    subject: row.subject as string | null,
    body: row.body,
  }));
  return { public: count('PUBLIC'), internal: count('INTERNAL'), thread };
}

async function surveysOf(tx: Transaction, ticketId: string): Promise<SurveyFacts[]> {
  const rows = await sqlOf(tx.em)
    .selectFrom('survey')
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    .select(['status', 'overall', 'comment', 'answered_at'])
    .execute();
  return rows.map((row) => ({
    status: row.status,
    overall: row.overall,
    comment: row.comment,
    answeredAt: row.answered_at && new Date(row.answered_at),
  }));
}

/** What the ids stand for that occur anywhere in the facts. */
async function namesIn(tx: Transaction, facts: unknown): Promise<Map<string, string>> {
  const ids = new Map<string, Set<string>>();
  JSON.stringify(facts, (_, value: unknown) => {
    const table = typeof value === 'string' ? NAMED.exec(value)?.[1] : undefined;
    if (table) ids.set(table, (ids.get(table) ?? new Set()).add(value as string));
    return value;
  });
  const names = new Map([[system.id as string, system.name]]);
  for (const [table, found] of ids) {
    const rows = await sqlOf(tx.em)
      .selectFrom(table)
      .where('id', 'in', [...found])
      .select(['id', 'name'])
      .execute();
    for (const row of rows) names.set(row.id, row.name);
  }
  return names;
}
