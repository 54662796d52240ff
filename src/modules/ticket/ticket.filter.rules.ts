import { DomainError, ErrorCode } from '../../platform/errors.js';
import { compares, type ValueComparators } from '../../platform/graphql/compares.rules.js';
import type { TicketFacets } from './ticket.facets.js';

/** The shape of a ticket filter, whoever made it. */
export interface TicketCriteria extends Partial<Record<keyof typeof FACET_OF, ValueComparators | null>> {
  and?: TicketCriteria[] | null;
  or?: TicketCriteria[] | null;
  not?: TicketCriteria | null;
}

/** Which facet each field of a filter compares. */
export const FACET_OF = {
  number: 'number',
  status: 'status',
  channel: 'channel',
  priority: 'priority',
  impact: 'impact',
  urgency: 'urgency',
  category: 'categoryId',
  product: 'productId',
  team: 'teamId',
  assignee: 'assigneeId',
  customer: 'customerId',
  organization: 'organizationId',
  escalationLevel: 'escalationLevel',
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  resolvedAt: 'resolvedAt',
  closedAt: 'closedAt',
} as const satisfies Record<string, keyof TicketFacets>;

/** What customers may filter and sort by, too. The rest is for staff: the answer would tell what they may not see. */
const OPEN_TO_CUSTOMERS: readonly string[] = [
  'number',
  'status',
  'channel',
  'category',
  'product',
  'createdAt',
  'resolvedAt',
  'closedAt',
] satisfies (keyof typeof FACET_OF)[];

/** Whether customers may filter and sort by a property of tickets. */
export function isOpenToCustomers(property: string): boolean {
  return OPEN_TO_CUSTOMERS.includes(property);
}

/** How deep filters may nest, how many parts they may hold, and how many values their lists may name in all. */
const MOST_DEPTH = 8;
const MOST_PARTS = 200;
const MOST_VALUES = 1000;

/** Whether a ticket with these facets is among those the filter means. */
export function matches(criteria: TicketCriteria, facets: TicketFacets): boolean {
  if (criteria.and && !criteria.and.every((part) => matches(part, facets))) return false;
  if (criteria.or && !criteria.or.some((part) => matches(part, facets))) return false;
  if (criteria.not && matches(criteria.not, facets)) return false;
  return comparisonsOf(criteria).every(([facet, filter]) => {
    const value = facets[facet];
    return compares(facet.endsWith('At') && value !== null ? new Date(value) : value, filter);
  });
}

/** The plain comparisons of one level of a filter, by facet. */
export function comparisonsOf(criteria: TicketCriteria): [keyof TicketFacets, ValueComparators][] {
  return (Object.keys(FACET_OF) as (keyof typeof FACET_OF)[]).flatMap((field) => {
    const filter = criteria[field];
    return filter ? [[FACET_OF[field], filter] as [keyof TicketFacets, ValueComparators]] : [];
  });
}

/**
 * Refuses a filter that is too large, or that a customer may not use.
 * @throws DomainError INVALID_INPUT or FORBIDDEN, with the path in the filter
 */
export function checkCriteria(criteria: TicketCriteria, forStaff: boolean): void {
  let parts = 0;
  let values = 0;
  const visit = (part: TicketCriteria, path: string[], depth: number): void => {
    parts += Object.keys(part).length;
    for (const [, filter] of comparisonsOf(part))
      values += (filter.in?.length ?? 0) + (filter.notIn?.length ?? 0);
    if (parts > MOST_PARTS || depth >= MOST_DEPTH || values > MOST_VALUES)
      throw new DomainError(
        ErrorCode.INVALID_INPUT,
        `A filter holds at most ${MOST_PARTS} parts, ${MOST_DEPTH} deep, and names at most ${MOST_VALUES} values.`,
        path,
      );
    for (const field of Object.keys(FACET_OF))
      if (!forStaff && !isOpenToCustomers(field) && part[field as keyof TicketCriteria] != null)
        throw new DomainError(ErrorCode.FORBIDDEN, `Filtering by ${field} is for staff only.`, [
          ...path,
          field,
        ]);
    part.and?.forEach((inner, index) => void visit(inner, [...path, 'and', String(index)], depth + 1));
    part.or?.forEach((inner, index) => void visit(inner, [...path, 'or', String(index)], depth + 1));
    if (part.not) visit(part.not, [...path, 'not'], depth + 1);
  };
  visit(criteria, ['where'], 0);
}
