/** A first query to try, shown where people look first. */
export const FIRST_QUERY = `query NewestTickets {
  eventCursor
  tickets(first: 5) {
    totalCount
    nodes { id number subject status createdAt }
  }
}`;

/** A first subscription: it tells something at once, and again as soon as anything changes. */
export const FIRST_SUBSCRIPTION = `subscription Dashboard {
  deskCounts {
    complete total overdue
    byStatus { key count }
  }
}`;

/** Something for it to tell of. */
export const FIRST_MUTATION = `mutation FirstTicket {
  createTicket(input: {
    subject: "The printer hums"
    description: "All day long."
    channel: PHONE
    customer: { email: "casey@example.com", name: "Casey" }
  }) {
    ticket { id number }
    userErrors { message path }
  }
}`;

/** What the desk can follow. */
export const PROCESSES_QUERY = `query Processes {
  processes {
    nodes { key name version { number steps { key title kind } } }
  }
}`;
