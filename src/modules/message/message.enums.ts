import { registerEnumType } from 'type-graphql';
import { MessageDelivery, MessageDirection, MessageVisibility } from './message.vocabulary.js';

registerEnumType(MessageVisibility, {
  name: 'MessageVisibility',
  description: 'Who may read a message.',
  valuesConfig: {
    PUBLIC: { description: 'Whoever may see the ticket, its customer included.' },
    INTERNAL: { description: 'Staff only.' },
  },
});

registerEnumType(MessageDirection, {
  name: 'MessageDirection',
  description: 'Which way a message goes.',
  valuesConfig: {
    INBOUND: { description: 'From the customer.' },
    OUTBOUND: {
      description: 'From the desk: to the customer where it is PUBLIC, to colleagues where it is INTERNAL.',
    },
  },
});

registerEnumType(MessageDelivery, {
  name: 'MessageDelivery',
  description: "How far a message's mail came.",
  valuesConfig: {
    QUEUED: { description: 'Waits for a mail server to take it.' },
    SENT: { description: 'A mail server took it; in the demo without one, it is in the local mailbox.' },
    FAILED: { description: 'Given up: it was rejected, or no server took it in many attempts.' },
  },
});
