import type { EntityClass } from '@mikro-orm/core';
import { type EntityManager, sqlOf } from '../../platform/database/database.js';

/**
 * Inserts entities of one kind by one statement, past the unit of work: with thousands of rows that is
 * what takes the time. Columns and values are the entity's own, so what it has by default holds here too.
 * @returns the statement, for what is to happen on conflict and what it returns
 */
export function insertionOf<T extends object>(em: EntityManager, entity: EntityClass<T>, entities: T[]) {
  const columns = Object.values<any>(em.getMetadata().get(entity).properties).filter(
    (property) => property.kind === 'scalar' && property.persist !== false,
  );
  const platform = em.getPlatform();
  const rows = entities.map((one: any) =>
    Object.fromEntries(
      columns.map((property) => {
        const value = one[property.name] ?? null;
        const plain = value === null || value instanceof Date || !property.customType;
        return [
          property.fieldNames[0],
          plain ? value : property.customType.convertToDatabaseValue(value, platform),
        ];
      }),
    ),
  );
  return sqlOf(em).insertInto(em.getMetadata().get(entity).tableName).values(rows);
}
