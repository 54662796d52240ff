import type { EntityClass, EntityProperty } from '@mikro-orm/core';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';

/**
 * Inserts entities of one kind by one statement, past the unit of work: with thousands of rows that is
 * what takes the time. Columns and values are the entity's own, so what it has by default holds here too.
 * @returns the statement, for what is to happen on conflict and what it returns
 */
export function insertionOf<T extends object>(em: EntityManager, entity: EntityClass<T>, entities: T[]) {
  const { tableName, properties } = em.getMetadata().get(entity);
  const columns = Object.values<EntityProperty>(properties).filter(
    (property) => property.kind === 'scalar' && property.persist !== false,
  );
  const columnValue = (property: EntityProperty, one: T): unknown => {
    const value: unknown = one[property.name as keyof T] ?? null;
    if (value === null || value instanceof Date || !property.customType) return value;
    return property.customType.convertToDatabaseValue(value, em.getPlatform());
  };
  const rows = entities.map((one) =>
    Object.fromEntries(columns.map((property) => [property.fieldNames[0], columnValue(property, one)])),
  );
  return sqlOf(em).insertInto(tableName).values(rows);
}
