import { registerEnumType } from 'type-graphql';
import { Channel, Level, Priority, TicketStatus } from './ticket.vocabulary.js';

registerEnumType(TicketStatus, {
  name: 'TicketStatus',
  description: 'Where a ticket stands in its life cycle.',
  valuesConfig: {
    NEW: { description: 'Just arrived; nobody has begun. Nothing leads back here.' },
    OPEN: { description: 'Somebody works on it.' },
    PENDING: { description: 'Waits for the customer; a reply opens it again.' },
    ON_HOLD: { description: 'Waits for a third party.' },
    RESOLVED: { description: 'Solved, as far as the desk knows; a reply opens it again.' },
    CLOSED: { description: 'Over. May be reopened for some days after closing.' },
  },
});

registerEnumType(Channel, {
  name: 'Channel',
  description: 'How a request reached the desk.',
  valuesConfig: {
    EMAIL: { description: 'By e-mail.' },
    PHONE: { description: 'By telephone.' },
    CHAT: { description: 'By chat.' },
    WEB_FORM: { description: 'By an online form.' },
    SOCIAL_MEDIA: { description: 'By a social network.' },
  },
});

registerEnumType(Level, {
  name: 'Level',
  description: 'A degree of impact or urgency.',
  valuesConfig: {
    LOW: { description: 'Little is affected, or it can wait.' },
    MEDIUM: { description: 'As usual.' },
    HIGH: { description: 'Much is affected, or it cannot wait.' },
  },
});

registerEnumType(Priority, {
  name: 'Priority',
  description: "What to work on first: impact × urgency, raised by the organization's tier.",
  valuesConfig: {
    LOW: { description: 'When there is time.' },
    MEDIUM: { description: 'In turn.' },
    HIGH: { description: 'Before the others.' },
    CRITICAL: { description: 'At once.' },
  },
});
