/** The words messages are described in. Pure: the schema registers them in `message.enums.ts`. */

/** Who may read a message. */
export enum MessageVisibility {
  PUBLIC = 'PUBLIC',
  INTERNAL = 'INTERNAL',
}

/** Which way a message goes. */
export enum MessageDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
}
