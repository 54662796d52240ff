/** The words messages are described in. Pure: the schema registers them in `message.enums.ts`. */

/** Who may read a message. */
export enum MessageVisibility {
  PUBLIC = 'PUBLIC',
  INTERNAL = 'INTERNAL',
}

/** How far a message's mail came. */
export enum MessageDelivery {
  QUEUED = 'QUEUED',
  SENT = 'SENT',
  FAILED = 'FAILED',
}

/** Why a message's mail was not taken: a `MailFailure`. */
export enum DeliveryFailure {
  REJECTED = 'REJECTED',
  UNREACHABLE = 'UNREACHABLE',
  TIMEOUT = 'TIMEOUT',
  AUTHENTICATION = 'AUTHENTICATION',
  OTHER = 'OTHER',
}

/** Which way a message goes. */
export enum MessageDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
}
