import type { EntityClass } from '@mikro-orm/core';
import { type AliasedExpression, sql } from 'kysely';
import type { EntityManager } from './database.js';

/**
 * Reads rows of an entity by a hand-written query, under the entity's own property names, so that a
 * row serves wherever the entity does. Hydration is left out; dates are made dates.
 */
export class RowReader<T extends object> {
  private readonly columns: { property: string; column: string; date: boolean }[];

  constructor(em: EntityManager, entity: EntityClass<T>) {
    this.columns = Object.values<any>(em.getMetadata().get(entity).properties)
      .filter((property) => property.kind === 'scalar' && property.persist !== false)
      .map((property) => ({
        property: property.name,
        column: property.fieldNames[0],
        date: property.runtimeType === 'Date',
      }));
  }

  /** The select list, from the table aliased as `alias`. */
  select(alias: string): AliasedExpression<unknown, string>[] {
    return this.columns.map(({ property, column }) => sql.ref(`${alias}.${column}`).as(property));
  }

  read(rows: Record<string, unknown>[]): T[] {
    for (const row of rows)
      for (const { property, date } of this.columns)
        if (date && typeof row[property] === 'string') row[property] = new Date(row[property]);
    return rows as T[];
  }
}

const readers = new WeakMap<EntityClass<any>, RowReader<any>>();

export function rowsOf<T extends object>(em: EntityManager, entity: EntityClass<T>): RowReader<T> {
  let reader = readers.get(entity);
  if (!reader) {
    reader = new RowReader(em, entity);
    readers.set(entity, reader);
  }
  return reader;
}
