/** An event, as far as the query asks for it. */
export interface DeskEvent {
  id: string;
  cursor: string;
  occurredAt: string;
  ticket: { id: string; number: number };
  detail: { __typename: string };
}

interface Page {
  cursor: string;
  hasMore: boolean;
  resyncRequired: boolean;
  events: DeskEvent[];
}

const PAGE = `query Events($after: Cursor) {
  events(after: $after, first: 100) {
    cursor hasMore resyncRequired
    events { id cursor occurredAt ticket { id number } detail { __typename } }
  }
}`;

/**
 * Hands on what is new in the event log, page by page, in order, each event once as long as `save` is kept. Call
 * it as often as you like to hear of things.
 * @param after what was saved the last time; null for the whole log
 * @param take does something with one event; should it throw, the event and what follows come again next time
 * @param save keeps a cursor, at best in the same transaction as what `take` has written
 * @returns whether the place was lost (restored desk, or older than what is kept): read the desk anew
 */
export async function readEvents(
  desk: string,
  key: string,
  after: string | null,
  take: (event: DeskEvent) => Promise<void>,
  save: (cursor: string) => Promise<void>,
): Promise<boolean> {
  for (let place = after; ; ) {
    const response = await fetch(`${desk}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: PAGE, variables: { after: place } }),
    });
    const { data, errors } = (await response.json()) as { data?: { events: Page }; errors?: unknown };
    if (!data || errors) throw new Error(`The desk did not answer: ${JSON.stringify(errors)}`);
    const { events, cursor, hasMore, resyncRequired } = data.events;
    for (const event of events) {
      await take(event);
      await save(event.cursor);
    }
    place = cursor;
    await save(place);
    if (resyncRequired || !hasMore) return resyncRequired;
  }
}
