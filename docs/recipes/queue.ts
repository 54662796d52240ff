import { type ApolloClient, gql, type TypedDocumentNode } from '@apollo/client';

interface Row {
  id: string;
  number: number;
  subject: string;
  status: string;
}
interface Change {
  move: 'ENTERED' | 'UPDATED' | 'LEFT';
  ticketId: string;
  ticket: Row | null;
}

const SNAPSHOT: TypedDocumentNode<{ eventCursor: string; tickets: { nodes: Row[] } }> = gql`
  query OpenTickets {
    eventCursor
    tickets(where: { status: { in: [NEW, OPEN] } }, first: 100) {
      nodes { id number subject status }
    }
  }
`;
const CHANGES: TypedDocumentNode<{ queueChanges: Change }, { after: string }> = gql`
  subscription OpenTicketChanges($after: Cursor) {
    queueChanges(where: { status: { in: [NEW, OPEN] } }, after: $after) {
      cursor
      move
      ticketId
      ticket { id number subject status }
    }
  }
`;

/** Shows the open tickets, and them anew after every change. Call it again when `onResync` is called. */
export async function showOpenTickets(client: ApolloClient, show: (rows: Row[]) => void) {
  const { data } = await client.query({ query: SNAPSHOT, fetchPolicy: 'network-only' });
  if (!data) throw new Error('No answer');
  const rows = new Map(data.tickets.nodes.map((row) => [row.id, row]));
  show([...rows.values()]);
  return client.subscribe({ query: CHANGES, variables: { after: data.eventCursor } }).subscribe((told) => {
    if (!told.data) return;
    const { move, ticketId, ticket } = told.data.queueChanges;
    if (move === 'LEFT' || !ticket) rows.delete(ticketId);
    else rows.set(ticketId, ticket);
    show([...rows.values()]);
  });
}
