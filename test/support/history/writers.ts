import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { sql } from 'kysely';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import type { Ticket } from '../../../src/modules/ticket/ticket.entity.js';
import { changeTicket } from '../../../src/modules/ticket/ticket.service.js';
import { Level, Priority, TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import type { Desk } from '../../../src/platform/context.js';
import { sqlOf } from '../../../src/platform/database/database.js';
import type { Transaction } from '../../../src/platform/database/transaction.js';
import {
  AddNoteDocument,
  AssignTicketDocument,
  CreateTicketDocument,
  ReplyToTicketDocument,
  SetTicketPriorityDocument,
} from '../../generated/graphql.js';
import { Client } from '../client.js';
import type { Cast } from './cast.js';
import { any } from './director.js';
import type { Nodes } from './node-process.js';

/** How long the late one keeps its transaction open, in milliseconds. */
const LATE = 200;
const [PRIORITIES, LEVELS] = [Object.values(Priority), Object.values(Level)];
const STATUSES = [TicketStatus.OPEN, TicketStatus.PENDING, TicketStatus.ON_HOLD];

/** Everybody who writes, as fast as it goes: by mutations over HTTP, by services, and one who is always late. */
export class Writers {
  /** Mutations that failed, though the node that they were sent to was not killed. */
  readonly failures: string[] = [];
  mutations = 0;
  /** Those that were under way in a node when it was killed. */
  cutOff = 0;
  lateCommits = 0;
  private over = false;
  private running: Promise<unknown>[] = [];

  constructor(
    private readonly desk: Desk,
    private readonly nodes: Nodes,
    private readonly cast: Cast,
    private readonly tokens: { manager: string; customers: string[] },
    /** How many facts a service tells in one transaction at most. */
    private readonly mostFacts: number,
  ) {}

  start(): void {
    const { manager, customers } = this.tokens;
    this.running = [
      ...[1, 2, 3].map(() => this.again(() => this.mutate(manager))),
      this.again(() => this.reply(any(customers))),
      ...[1, 2].map(() => this.again(() => this.serve())),
      this.again(() => this.commitLate()),
    ];
  }

  async stop(): Promise<void> {
    this.over = true;
    await Promise.all(this.running);
  }

  private async again(write: () => Promise<unknown>): Promise<void> {
    while (!this.over) await write();
  }

  /** What a manager does: notes, assessments, other teams and assignees, a new ticket now and then. */
  private mutate(token: string): Promise<void> {
    const ticketId = any(this.cast.tickets);
    return any([
      () => this.send(token, AddNoteDocument, { ticketId, body: 'Noted' }),
      () =>
        this.send(token, SetTicketPriorityDocument, { ticketId, priority: any(PRIORITIES), reason: 'So' }),
      () => this.send(token, AssignTicketDocument, { ticketId, teamId: any(this.cast.teams) }),
      () =>
        this.send(token, AssignTicketDocument, { ticketId, agentId: any(this.cast.staff.slice(0, 20)).id }),
      () =>
        Math.random() < 0.2
          ? this.send(token, CreateTicketDocument, {
              subject: 'Another',
              description: 'Another',
              channel: 'PHONE' as const,
              customer: { id: any(this.cast.customers).id },
            })
          : this.send(token, AddNoteDocument, { ticketId, body: 'Noted too' }),
    ])();
  }

  private reply(token: string): Promise<void> {
    return this.send(token, ReplyToTicketDocument, { ticketId: any(this.cast.tickets), body: 'And?' });
  }

  /** What services do beside the API, told in several events of one transaction. */
  private serve(): Promise<void> {
    return changeTicket(systemContext(this.desk), any(this.cast.tickets), (tx, ticket) =>
      this.write(tx, ticket),
    );
  }

  /** Takes its transaction's id first and commits later than others that began after it. */
  private async commitLate(): Promise<void> {
    await changeTicket(systemContext(this.desk), any(this.cast.tickets), async (tx, ticket) => {
      await sql`select pg_current_xact_id()`.execute(sqlOf(tx.em));
      await pause(LATE);
      await this.write(tx, ticket);
    });
    this.lateCommits += 1;
    await pause(LATE / 2);
  }

  private async write(tx: Transaction, ticket: Ticket): Promise<void> {
    const facts = Array.from({ length: 1 + Math.floor(Math.random() * this.mostFacts) }, (_, index) => ({
      type: 'COUNTED',
      visibility: any(['PUBLIC', 'INTERNAL'] as const),
      data: { factId: String(index) },
    }));
    tx.append(ticket.id, ...facts);
    any([
      () => undefined,
      () => (ticket.teamId = any([...this.cast.teams, null])),
      () => (ticket.priority = any(PRIORITIES)),
      () => (ticket.status = any(STATUSES)),
      () => (ticket.urgency = any(LEVELS)),
    ])();
  }

  private async send<Data, Variables extends { input: unknown }>(
    token: string,
    document: TypedDocumentNode<Data, Variables>,
    input: Variables['input'],
  ): Promise<void> {
    const node = this.nodes.any();
    try {
      // What somebody may not do is an answer; that there is none, or an error, is a failure.
      await new Client(() => node.url, token).ask(document, { input } as Variables);
      this.mutations += 1;
    } catch (error) {
      if (node.killed) this.cutOff += 1;
      else this.failures.push(`${error} ${(error as Error).cause ?? ''}`);
    }
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
