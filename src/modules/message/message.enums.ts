import { registerEnumType } from 'type-graphql';
import {
  DeliveryFailure,
  MessageDelivery,
  MessageDirection,
  MessageVisibility,
} from './message.vocabulary.js';

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

registerEnumType(DeliveryFailure, {
  name: 'DeliveryFailure',
  description: "Why no mail server took a message's mail when it was last tried.",
  valuesConfig: {
    REJECTED: {
      description: 'The server refused this mail or its recipient for good. It is not tried again.',
    },
    UNREACHABLE: { description: 'No connection to the server came about, or it broke.' },
    TIMEOUT: { description: 'The server took too long to answer.' },
    AUTHENTICATION: { description: 'The server refused the desk itself: its configuration is at fault.' },
    OTHER: { description: 'Something else, such as a server that is busy. The log of the node says more.' },
  },
});
