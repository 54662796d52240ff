import type { Channel, Level, Priority, TicketStatus } from './ticket.vocabulary.js';

/**
 * The attributes of a ticket that lists filter by and access is decided by. They travel in events as
 * plain JSON, before and after each change, so that a live list needs no database to know what to do.
 * Times are ISO 8601 texts. Pure.
 */
export interface TicketFacets {
  number: number;
  status: TicketStatus;
  priority: Priority;
  impact: Level;
  urgency: Level;
  channel: Channel;
  categoryId: string | null;
  productId: string | null;
  teamId: string | null;
  assigneeId: string | null;
  customerId: string;
  organizationId: string | null;
  escalationLevel: number;
  createdAt: string;
  updatedAt: string;
  resolvedAt: string | null;
  closedAt: string | null;
}

/** What is told when it changes. The rest of a ticket's attributes change silently or with something told. */
export const TOLD = [
  'status',
  'priority',
  'impact',
  'urgency',
  'channel',
  'categoryId',
  'productId',
  'teamId',
  'assigneeId',
  'escalationLevel',
] as const satisfies readonly (keyof TicketFacets)[];

/** Of those, what the ticket's customer may know. */
export const TOLD_TO_CUSTOMERS: readonly string[] = ['status', 'categoryId', 'productId'];

export interface FieldChange {
  field: string;
  from: string | number | null;
  to: string | number | null;
}

/** What differs, in the order of `TOLD`. */
export function differences(before: TicketFacets, after: TicketFacets): FieldChange[] {
  return TOLD.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    from: before[field],
    to: after[field],
  }));
}
