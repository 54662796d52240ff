import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import { Survey } from '../survey/survey.entity.js';
import { expiryOf } from '../survey/survey.rules.js';
import { SurveyStatus } from '../survey/survey.vocabulary.js';
import { Category, Product } from '../ticket/category.entity.js';
import { facetsOf, Ticket } from '../ticket/ticket.entity.js';
import { ticketCreated } from '../ticket/ticket.events.js';
import { Level } from '../ticket/ticket.vocabulary.js';
import { insertionOf } from './import.insertion.js';
import { customersOf, idsOf } from './import.references.js';
import type { ImportedTicket } from './import.rules.js';

/** What a batch added to the desk. */
export interface Added {
  tickets: number;
  customers: number;
}

/**
 * Stores the tickets of a batch that the desk doesn't have yet, with their customers, categories,
 * products, ratings and events, in a handful of statements. Within a transaction that no other import
 * runs beside.
 */
export async function storeBatch(tx: Transaction, batch: ImportedTicket[]): Promise<Added> {
  const asked = batch.map(({ externalId }) => externalId);
  const query = sqlOf(tx.em).selectFrom('ticket').select('external_id').where('external_id', 'in', asked);
  const known = await query.execute();
  const there = new Set(known.map((row) => row.external_id));
  const rows = batch.filter(({ externalId }) => !there.has(externalId));
  if (rows.length === 0) return { tickets: 0, customers: 0 };
  const customers = await customersOf(tx, rows);
  const types = rows.map(({ type }) => type);
  const categories = await idsOf(tx, Category, 'category', types);
  const bought = rows.map(({ product }) => product);
  const products = await idsOf(tx, Product, 'product', bought);
  const numbers = await nextNumbers(tx, rows.length);
  const tickets = rows.map((row, index) => {
    const { customer, type, product, rating: _, ...same } = row;
    return Object.assign(new Ticket(), same, {
      id: newId('ticket'),
      number: numbers[index] as number,
      impact: Level.MEDIUM,
      urgency: Level.MEDIUM,
      priorityReason: 'Imported',
      categoryId: type === null ? null : (categories.get(type) ?? null),
      productId: product === null ? null : (products.get(product) ?? null),
      customerId: customers.idOf.get(customer.email) as string,
      organizationId: customers.organizationOf.get(customer.email) ?? null,
    });
  });
  const stored: { id: string }[] = await insertionOf(tx.em, Ticket, tickets)
    .onConflict((conflict) => conflict.column('external_id').doNothing())
    .returning('id')
    .execute();
  const added = new Set(stored.map(({ id }) => id));
  const surveys = rows.flatMap((row, index) => surveyOf(row, tickets[index] as Ticket));
  const answered = surveys.filter(({ ticketId }) => added.has(ticketId));
  if (answered.length > 0) await insertionOf(tx.em, Survey, answered).execute();
  for (const ticket of tickets.filter(({ id }) => added.has(id))) {
    tx.created(ticket.id);
    tx.append(ticket.id, ticketCreated(ticket.channel, true));
    tx.changed(ticket.id, { before: null, after: { ...facetsOf(ticket) } });
  }
  return { tickets: added.size, customers: customers.made };
}

async function nextNumbers(tx: Transaction, count: number): Promise<number[]> {
  const query = sql<{ number: string }>`
    select nextval('ticket_number') as number from generate_series(1, ${count}::int)`;
  const { rows } = await query.execute(sqlOf(tx.em));
  return rows.map(({ number }) => Number(number));
}

/**
 * The rating as an answered survey. The file has no time of the answer: the ticket's latest stands for
 * it, which no answer can lie before.
 */
function surveyOf({ rating, customer, externalId }: ImportedTicket, ticket: Ticket): Survey[] {
  if (rating === null) return [];
  const survey = Object.assign(new Survey(), {
    id: newId('survey'),
    ticketId: ticket.id,
    status: SurveyStatus.ANSWERED,
    // No token has this for its hash, so no link leads here.
    tokenHash: `imported:${externalId}`,
    sentTo: customer.email,
    sentAt: ticket.updatedAt,
    expiresAt: expiryOf(ticket.updatedAt),
    answeredAt: ticket.updatedAt,
    overall: rating,
  });
  return [survey];
}
