import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Moment, Text } from '../database/columns.js';

/** QUEUED waits for delivery; FAILED was given up after repeated attempts. */
export type MailState = 'QUEUED' | 'SENT' | 'FAILED';

/**
 * A mail in the outbox. It is written in the transaction that wants it sent and delivered afterwards,
 * so that nothing is sent for what was rolled back and nothing is forgotten. Not part of the API.
 */
@Entity({ tableName: 'mail' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['state', 'createdAt'] })
export class Mail {
  @PrimaryKey({ type: 'text' })
  id: string;

  /** One address. */
  @Text()
  to: string;

  /** One line, without control characters. */
  @Text()
  subject: string;

  @Text()
  text: string;

  /** The text as markup; nothing in it comes from outside unescaped. */
  @Text()
  html: string;

  /** `<id@host>` of RFC 5322, made once, so that a repeated delivery is known to be the same mail. */
  @Text({ unique: true })
  messageId: string;

  @Text()
  state: MailState = 'QUEUED';

  @Moment()
  createdAt: Date;

  @Moment({ nullable: true })
  sentAt: Date | null = null;
}
