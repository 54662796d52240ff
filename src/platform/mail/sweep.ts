import { sql } from 'kysely';
import { system } from '../auth/viewer.js';
import { Context, type Desk } from '../context.js';
import { sqlOf } from '../database/database.js';
import { rowsOf } from '../database/rows.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { Loop } from '../loop.js';
import { afterFailure, type DeliveryError, LEASE } from './delivery.rules.js';
import { Mail } from './mail.entity.js';
import type { MailTransport } from './transport.js';

/** How long a node goes at most without looking for mail to deliver, in milliseconds. */
const LOOK_EVERY = 1000;
const BATCH = 8;

/** How a delivery went. */
type Verdict = Partial<Pick<Mail, 'state' | 'sentAt' | 'dueAt' | 'failure'>>;

/** Told, within the transaction that writes it down, that a mail is SENT or FAILED. */
export type OnDelivery = (tx: Transaction, mail: Mail) => Promise<void>;

/**
 * Delivers the outbox; one on each node, any number of nodes. A mail is claimed for a while, sent with no
 * transaction open, and marked only after the server accepted it. Who dies in between leaves the claim,
 * which runs out, and the mail is sent again under the same Message-ID: at least once, never lost.
 */
export class MailSweep {
  private readonly loop: Loop;
  private readonly marking = new Set<Promise<void>>();
  private over = false;

  constructor(
    private readonly desk: Desk,
    private readonly transport: MailTransport,
    private readonly onDelivery: OnDelivery,
  ) {
    this.loop = new Loop(
      () => this.look(),
      (error) => {
        desk.log.error({ err: error }, 'Could not look for mail to deliver; trying again');
        return LOOK_EVERY;
      },
    );
  }

  async start(): Promise<void> {
    await this.desk.hint.onHint(() => this.loop.wake());
    this.loop.start();
  }

  /**
   * Lets deliveries that are under way end, for as long as a stop may take; then another node repeats them.
   * Once it is over nothing of this node touches the database any more.
   */
  async stop(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.desk.config.shutdownSeconds * 1000);
    });
    await Promise.race([this.loop.stop(), patience]);
    clearTimeout(timer);
    this.over = true;
    await Promise.all(this.marking);
    this.transport.close();
  }

  private async look(): Promise<number> {
    const claimed = await this.claim();
    await Promise.all(claimed.map((mail) => this.deliver(mail)));
    return claimed.length === BATCH ? 0 : LOOK_EVERY;
  }

  /** Takes due mail that no one has in hand. Rows that another node is just taking are passed over. */
  private async claim(): Promise<Mail[]> {
    const now = this.desk.clock.now();
    const em = this.desk.database.fork();
    const reader = rowsOf(em, Mail);
    const rows = await sqlOf(em)
      .with('due', (db) =>
        db
          .selectFrom('mail')
          .select('id')
          .where('state', '=', 'QUEUED')
          .where('due_at', '<=', now)
          .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', now)]))
          .orderBy('due_at')
          .limit(BATCH)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('mail as m')
      .set({ claimed_until: new Date(now.getTime() + LEASE), attempts: sql`m.attempts + 1` })
      .where(sql<boolean>`m.id in (select id from due)`)
      .returning(reader.select('m'))
      .execute();
    return reader.read(rows);
  }

  private async deliver(mail: Mail): Promise<void> {
    const { log, clock } = this.desk;
    try {
      const error = await this.transport.send(mail).then(
        () => null,
        (thrown: DeliveryError) => thrown,
      );
      if (error === null) return await this.mark(mail, { state: 'SENT', sentAt: clock.now(), failure: null });
      const verdict = afterFailure(error, mail.attempts, clock.now());
      const { code, responseCode } = error;
      log.warn(
        { mail: mail.id, attempts: mail.attempts, ...verdict, code, responseCode },
        'Mail was not delivered',
      );
      await this.mark(mail, verdict);
    } catch (error) {
      log.error({ err: error, mail: mail.id }, 'Could not note how a delivery went; it will be made again');
    }
  }

  /** Writes down how a delivery went, unless this node has given it up. */
  private async mark(claimed: Mail, made: Verdict): Promise<void> {
    if (this.over) return;
    const written = this.write(claimed, made);
    const settled = written.catch(() => undefined);
    this.marking.add(settled);
    await written.finally(() => this.marking.delete(settled));
  }

  /** Changes a mail, unless the claim ran out meanwhile and another node has it. */
  private async write(claimed: Mail, made: Verdict): Promise<void> {
    const streams = claimed.streamId === null ? [] : [claimed.streamId];
    await inTransaction(new Context(this.desk, system), streams, async (tx) => {
      const { id, claimedUntil } = claimed;
      const mail = await tx.em.findOne(Mail, { id, claimedUntil, state: 'QUEUED' });
      if (!mail) return;
      Object.assign(mail, made, { claimedUntil: null });
      if (mail.state === 'QUEUED') return;
      if (mail.secret) Object.assign(mail, { text: '', html: '' });
      await this.onDelivery(tx, mail);
    });
  }
}
