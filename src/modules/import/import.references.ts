import { sql } from 'kysely';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import { Customer } from '../directory/customer.entity.js';
import type { Category, Product } from '../ticket/category.entity.js';
import { insertionOf } from './import.insertion.js';
import type { ImportedTicket } from './import.rules.js';

/** What imported tickets refer to: found on the desk, or made. */

/**
 * The customers of these tickets by address; made where the desk has none, under the name met first. A
 * customer was first heard of at the earliest of the tickets.
 */
export async function customersOf(tx: Transaction, rows: ImportedTicket[]) {
  const asked = new Map<string, Customer>();
  for (const { customer, createdAt } of rows) {
    const met = asked.get(customer.email);
    if (!met)
      asked.set(
        customer.email,
        Object.assign(new Customer(), { id: newId('customer'), ...customer, createdAt }),
      );
    else if (createdAt < met.createdAt) met.createdAt = createdAt;
  }
  const found: { id: string; email: string; organization_id: string | null }[] = await insertionOf(
    tx.em,
    Customer,
    [...asked.values()],
  )
    .onConflict((conflict) =>
      conflict
        .column('email')
        .doUpdateSet({ created_at: sql`least(customer.created_at, excluded.created_at)` }),
    )
    .returning(['id', 'email', 'organization_id'])
    .execute();
  return {
    idOf: new Map(found.map(({ id, email }) => [email, id])),
    organizationOf: new Map(found.map(({ email, organization_id }) => [email, organization_id])),
    made: found.filter(({ id, email }) => asked.get(email)?.id === id).length,
  };
}

/** The ids of categories or products by name; made where there is none of the name. */
export async function idsOf(
  tx: Transaction,
  entity: typeof Category | typeof Product,
  table: 'category' | 'product',
  names: (string | null)[],
): Promise<Map<string, string>> {
  const asked = [...new Set(names.filter((name) => name !== null))];
  if (asked.length === 0) return new Map();
  const find = () =>
    sqlOf(tx.em).selectFrom(table).select(['id', 'name']).where('name', 'in', asked).execute();
  let found = await find();
  const there = new Set(found.map(({ name }) => name));
  const made = asked
    .filter((name) => !there.has(name))
    .map((name) => Object.assign(new entity(), { id: newId(table), name }));
  if (made.length > 0) {
    await insertionOf<Category | Product>(tx.em, entity, made)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    found = await find();
  }
  return new Map(found.map(({ id, name }) => [name, id]));
}
