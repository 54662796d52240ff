/** The words tickets are described in. Pure: the schema registers them in `ticket.enums.ts`. */

/** Where a ticket stands in its life cycle; the moves are in `ticket.machine.ts`. */
export enum TicketStatus {
  NEW = 'NEW',
  OPEN = 'OPEN',
  PENDING = 'PENDING',
  ON_HOLD = 'ON_HOLD',
  RESOLVED = 'RESOLVED',
  CLOSED = 'CLOSED',
}

/** The way a request reached the desk. */
export enum Channel {
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
  CHAT = 'CHAT',
  WEB_FORM = 'WEB_FORM',
  SOCIAL_MEDIA = 'SOCIAL_MEDIA',
}

/** How much is affected (impact), or how soon it hurts (urgency). */
export enum Level {
  LOW = 'LOW',
  MEDIUM = 'MEDIUM',
  HIGH = 'HIGH',
}

export enum Priority {
  LOW = 'LOW',
  MEDIUM = 'MEDIUM',
  HIGH = 'HIGH',
  CRITICAL = 'CRITICAL',
}
