import type { Viewer } from '../../platform/auth/viewer.js';
import { MessageDelivery } from './message.vocabulary.js';

/** What a viewer may know of how far a message's mail came: its customer only that it was sent. Pure. */
export function deliveryFor(viewer: Viewer, delivery: MessageDelivery | null): MessageDelivery | null {
  if (viewer.kind === 'STAFF' || viewer.kind === 'SYSTEM') return delivery;
  return delivery === MessageDelivery.SENT ? delivery : null;
}
