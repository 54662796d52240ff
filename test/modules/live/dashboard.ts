import { expect } from '@jest/globals';
import {
  type CountBy,
  DeskCountsDocument,
  type DeskCountsSubscription,
  TicketCountsDocument,
} from '../../generated/graphql.js';
import type { Client, Stream } from '../../support/client.js';

type Delivery = DeskCountsSubscription['deskCounts'];
type Counts = Record<string, number>;

/** What a dashboard shows, as a front end keeps it: deliveries laid over one another. */
export class Dashboard {
  /** Everything that was delivered. */
  readonly told: Delivery[] = [];
  total = 0;
  overdue = 0;
  by: Record<'STATUS' | 'TEAM' | 'PRIORITY', Counts> = { STATUS: {}, TEAM: {}, PRIORITY: {} };

  private constructor(
    private readonly client: Client,
    private readonly stream: Stream<DeskCountsSubscription>,
  ) {}

  /** How many deliveries came, whether they were taken or not. */
  get delivered(): number {
    return this.stream.received.length;
  }

  /** Subscribes, and takes the first delivery. */
  static async open(client: Client, everyMilliseconds?: number): Promise<Dashboard> {
    const variables = everyMilliseconds === undefined ? {} : { everyMilliseconds };
    const dashboard = new Dashboard(client, await client.subscribe(DeskCountsDocument, variables));
    expect((await dashboard.next()).complete).toBe(true);
    return dashboard;
  }

  async next(): Promise<Delivery> {
    const { deskCounts } = await this.stream.next();
    const { complete, total, overdue, byStatus, byTeam, byPriority } = deskCounts;
    this.told.push(deskCounts);
    const lay = (counts: Counts, changes: Delivery['byTeam']) => {
      const laid = complete ? {} : { ...counts };
      for (const { key, count } of changes) laid[key ?? ''] = count;
      return Object.fromEntries(Object.entries(laid).filter(([, count]) => count !== 0));
    };
    this.total = total;
    this.overdue = overdue;
    this.by = {
      STATUS: lay(this.by.STATUS, byStatus),
      TEAM: lay(this.by.TEAM, byTeam),
      PRIORITY: lay(this.by.PRIORITY, byPriority),
    };
    return deskCounts;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await this.next();
  }

  /** The same by the queries of the one who watches. */
  async asked(): Promise<Dashboard['by']> {
    const of = async (by: CountBy) => {
      const { ticketCounts } = await this.client.ask(TicketCountsDocument, { by });
      return Object.fromEntries(ticketCounts.map(({ key, count }) => [key ?? '', count]));
    };
    return { STATUS: await of('STATUS'), TEAM: await of('TEAM'), PRIORITY: await of('PRIORITY') };
  }

  close(): Promise<void> {
    return this.stream.close();
  }
}
