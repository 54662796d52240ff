import { hasRole, Role, type Viewer } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { type Connection, type PageArgs, page, type SortKey } from '../../platform/graphql/connection.js';
import { type Comparators, comparison, SortDirection } from '../../platform/graphql/filters.js';
import { registerNode } from '../../platform/graphql/node.js';
import { AuditEntry } from './audit.entity.js';
import { type AuditFilter, type AuditOrder, AuditOrderField } from './audit.filter.js';

/** Who reads the audit. */
export const AUDITORS = [Role.ADMIN, Role.MANAGER];
const audits = (viewer: Viewer) => hasRole(viewer, ...AUDITORS);

const KEYS: Record<AuditOrderField, Omit<SortKey, 'direction'>> = {
  [AuditOrderField.AT]: { column: 'u.at', property: 'at', type: 'timestamptz' },
  [AuditOrderField.ACTION]: { column: 'u.action', property: 'action', type: 'text' },
};
const COLUMNS = {
  actor: 'u.actor_id',
  subject: 'u.subject_id',
  action: 'u.action',
  outcome: 'u.outcome',
  at: 'u.at',
} as const satisfies Record<keyof AuditFilter, string>;

/** By how many keys a list is sorted, and how many values a filter names, at most. */
const MOST_KEYS = 2;
const MOST_VALUES = 200;

/** Records by id, for who may read them. */
const auditEntryById: Loader<string, AuditEntry> = {
  load: async (ctx, ids) => {
    if (!audits(ctx.viewer)) return ids.map(() => null);
    const reader = rowsOf(ctx.em, AuditEntry);
    const rows = await entries(ctx).where('u.id', 'in', ids).select(reader.select('u')).execute();
    return inOrder(ids, reader.read(rows), (entry) => entry.id);
  },
};
registerNode('audit', 'AuditEntry', auditEntryById);

const entries = (ctx: Context) => sqlOf(ctx.em).selectFrom('audit as u');

/**
 * A page of what was recorded. Default order: the newest first.
 * @throws DomainError INVALID_INPUT for a filter or order that is too large
 */
export function listAuditEntries(
  ctx: Context,
  where: AuditFilter | null | undefined,
  orderBy: AuditOrder[] | null | undefined,
  args: PageArgs,
): Promise<Connection<AuditEntry>> {
  const order = orderBy?.length ? orderBy : [{ field: AuditOrderField.AT, direction: SortDirection.DESC }];
  if (order.length > MOST_KEYS)
    throw new DomainError(ErrorCode.INVALID_INPUT, `A list is sorted by at most ${MOST_KEYS} keys.`, [
      'orderBy',
    ]);
  let query = entries(ctx);
  for (const [field, column] of Object.entries(COLUMNS)) {
    const filter: Comparators | null | undefined = where?.[field as keyof AuditFilter];
    if (!filter) continue;
    if ((filter.in?.length ?? 0) + (filter.notIn?.length ?? 0) > MOST_VALUES)
      throw new DomainError(ErrorCode.INVALID_INPUT, `Name at most ${MOST_VALUES} values.`, ['where', field]);
    query = query.where(comparison(column, filter));
  }
  const direction = order.at(-1)?.direction ?? SortDirection.DESC;
  const keys: SortKey[] = [
    ...order.map((key) => ({ ...KEYS[key.field], direction: key.direction })),
    { column: 'u.id', property: 'id', type: 'text', direction },
  ];
  const reader = rowsOf(ctx.em, AuditEntry);
  return page(query, keys, args, async (selected) =>
    reader.read(await selected.select(reader.select('u')).execute()),
  );
}
