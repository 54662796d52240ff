import { Entity, PrimaryKey, Unique } from '@mikro-orm/decorators/legacy';
import { Moment, Text } from '../../platform/database/columns.js';

/**
 * The token by which answers to a ticket's mail find back to it: of one ticket and one customer, 128 bits
 * of chance in hex, because mail servers may change the case of an address. It lets nobody read anything.
 */
@Entity({ tableName: 'reply_address' })
@Unique({ properties: ['ticketId', 'customerId'] })
export class ReplyAddress {
  @PrimaryKey({ type: 'text' })
  token: string;

  @Text()
  ticketId: string;

  @Text()
  customerId: string;

  @Moment()
  createdAt: Date;
}
