import { PLACES } from '../stage/people.js';
import type { Stage } from '../stage/stage.js';
import type { Planned } from './sitting.js';

/** One subscription to each field, or to each ticket where it is about one, as front ends have them. */
const QUERIES: Record<string, string> = {
  queueChanges: `subscription ($after: Cursor) {
    f1: queueChanges(after: $after) { __typename cursor move ticketId ticket { id subject } } }`,
  ticketEvents: `subscription ($ticket: ID!, $after: Cursor) {
    f1: ticketEvents(ticket: $ticket, after: $after) {
      __typename cursor id detail { __typename ... on MessageAdded { message { body } } } ticket { subject } } }`,
  myWork: `subscription ($after: Cursor) {
    f1: myWork(after: $after) { __typename cursor changes { move stepId step { title ticket { subject } } } } }`,
  approvalRequests: `subscription ($after: Cursor) {
    f1: approvalRequests(after: $after) { __typename cursor changes { move stepId request { ticket { subject } } } } }`,
  deskCounts: `subscription {
    f1: deskCounts(everyMilliseconds: 250) { __typename cursor total overdue byTeam { key count } } }`,
  ticketPresence: `subscription ($ticket: ID!) {
    f1: ticketPresence(ticket: $ticket) { __typename ticketId accessEnded present { state agent { name } } } }`,
};

/** Those that everybody begins with: whatever there is to be told after a place in the log is told by them. */
export function plain(tickets: Stage['tickets'], after: string): Planned[] {
  return Object.entries(QUERIES).flatMap(([field, query]) =>
    (query.includes('$ticket') ? PLACES : PLACES.slice(0, 1)).map((place) => ({
      field,
      operation: { kind: 'subscription', query, variables: { ticket: tickets[place], after } },
      late: false,
      ends: 'NEVER',
    })),
  );
}
