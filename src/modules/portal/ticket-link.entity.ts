import { Entity, Index, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Moment, Text } from '../../platform/database/columns.js';

/** A link by which a customer sees where one ticket stands, and closes or reopens it, without signing in. */
@Entity({ tableName: 'ticket_link' })
export class TicketLink {
  /** SHA-256 of the link's token, in hex. The token itself is in the mail alone. */
  @PrimaryKey({ type: 'text' })
  tokenHash: string;

  @Index()
  @Text()
  ticketId: string;

  @Moment()
  createdAt: Date;
}
