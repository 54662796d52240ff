import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Flag, Json, Moment, Text, Whole } from '../database/columns.js';
import type { MailFailure, MailState } from './mail.vocabulary.js';

/** What a mail brings beside its text. Its bytes are somewhere else, under the id. */
export interface MailAttachment {
  id: string;
  /** On one line, without control characters. */
  name: string;
  contentType: string;
}

/**
 * A mail in the outbox. It is written in the transaction that wants it sent and delivered afterwards,
 * so that nothing is sent for what was rolled back and nothing is forgotten. Not part of the API.
 */
@Entity({ tableName: 'mail' })
@Index({ properties: ['createdAt', 'id'] })
@Index({ properties: ['state', 'dueAt'] })
@Index({ properties: ['streamId', 'createdAt'] })
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

  /** Accepted by the mail server; in the demo without one, put into the local mailbox. */
  @Moment({ nullable: true })
  sentAt: Date | null = null;

  /** The stream that is told how its delivery went. */
  @Text({ nullable: true })
  streamId: string | null = null;

  /** Where answers go, and what the server returns; the desk's own address without it. */
  @Text({ nullable: true })
  replyTo: string | null = null;

  /** The Message-ID of the mail that this one answers. */
  @Text({ nullable: true })
  inReplyTo: string | null = null;

  /** The Message-IDs of the conversation so far, the oldest first, parted by spaces. */
  @Text({ nullable: true })
  references: string | null = null;

  @Json()
  attachments: MailAttachment[] = [];

  /** Whether the text holds a link that works for whoever has it: then it is forgotten once it was sent. */
  @Flag()
  secret: boolean = false;

  /** How often somebody began to deliver it. */
  @Whole()
  attempts: number = 0;

  /** Not to be tried before. */
  @Moment()
  dueAt: Date;

  /** Until when one node has it in hand. A node that dies doesn't give it back; the time does. */
  @Moment({ nullable: true })
  claimedUntil: Date | null = null;

  /** A `MailFailure`. */
  @Text({ nullable: true })
  failure: MailFailure | null = null;
}
