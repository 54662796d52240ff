import type { NewEvent } from '../../platform/events/event.js';
import { type MessageDirection, MessageVisibility } from './message.vocabulary.js';

/** What is told of a ticket's thread, in the ticket's stream. Pure. */
export const MESSAGE_ADDED = 'MESSAGE_ADDED';
export const MESSAGE_DELIVERY = 'MESSAGE_DELIVERY';

/** Told to exactly those who may read the message. */
export function messageAdded(message: {
  id: string;
  direction: MessageDirection;
  visibility: MessageVisibility;
}): NewEvent {
  const { id: messageId, direction, visibility } = message;
  return {
    type: MESSAGE_ADDED,
    visibility: visibility === MessageVisibility.PUBLIC ? 'PUBLIC' : 'INTERNAL',
    data: { messageId, direction, visibility },
  };
}

/**
 * Told to staff when a message's mail was sent or given up.
 * @param failure the class of what went wrong last; null where it was sent
 */
export function messageDelivery(messageId: string, delivery: string, failure: string | null): NewEvent {
  return { type: MESSAGE_DELIVERY, visibility: 'INTERNAL', data: { messageId, delivery, failure } };
}
