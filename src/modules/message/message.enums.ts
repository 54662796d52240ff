import { registerEnumType } from 'type-graphql';
import { MessageDirection, MessageVisibility } from './message.vocabulary.js';

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
