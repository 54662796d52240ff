import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Moment, Text } from '../../platform/database/columns.js';

/** What became of a mail. */
export type MailFate = 'REPLY' | 'TICKET' | 'NOTE' | 'DISCARDED';

/**
 * A mail that came in, by its Message-ID: the same one received again does nothing more. Written in the
 * transaction that stored what it said.
 */
@Entity({ tableName: 'received_mail' })
@Index({ properties: ['ticketId', 'receivedAt'] })
export class ReceivedMail {
  /** `<…>` of RFC 5322, or a hash of the content for mail without one. */
  @PrimaryKey({ type: 'text' })
  messageId: string;

  @Text()
  fate: MailFate;

  /** The ticket that it concerns; none where it was discarded. */
  @Text({ nullable: true })
  ticketId: string | null = null;

  @Moment()
  receivedAt: Date;
}
