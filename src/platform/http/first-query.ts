/** A first query to try, shown where people look first. */
export const FIRST_QUERY = `query NewestTickets {
  eventCursor
  tickets(first: 5) {
    totalCount
    nodes { id number subject status createdAt }
  }
}`;
