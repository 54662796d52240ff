import { registerEnumType } from 'type-graphql';
import { ReportKind, ReportStatus } from './report.vocabulary.js';

registerEnumType(ReportKind, {
  name: 'ReportKind',
  description: 'What a report is about.',
  valuesConfig: {
    INTERACTION: { description: 'What passed between the customer and the desk.' },
    SERVICE: { description: 'What was done for the request, and what came of it.' },
    FINAL: { description: 'The whole case, once it is settled.' },
  },
});

registerEnumType(ReportStatus, {
  name: 'ReportStatus',
  description: 'Where a report stands.',
  valuesConfig: {
    DRAFT: { description: 'Being written; anyone who works on the ticket may edit it.' },
    APPROVED: { description: 'Somebody answers for what it says. Editing makes it a draft again.' },
    ARCHIVED: { description: 'Never changes again.' },
  },
});
