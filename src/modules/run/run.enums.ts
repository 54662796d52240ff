import { registerEnumType } from 'type-graphql';
import { ReopenMode, RunPhase, StepPhase, Verdict } from './run.state.js';

registerEnumType(StepPhase, {
  name: 'StepPhase',
  description: 'Where a step stands.',
  valuesConfig: {
    WAITING: { description: 'Something before it is not done yet.' },
    READY: { description: 'Somebody can act on it now.' },
    COMPLETED: { description: 'Done; of an approval: approved.' },
    SKIPPED: { description: 'Left out for a reason; only optional steps.' },
    HIDDEN: { description: 'Its condition does not hold, so it plays no part.' },
  },
});

registerEnumType(RunPhase, {
  name: 'RunPhase',
  description: 'Where a run stands.',
  valuesConfig: {
    ACTIVE: { description: 'It is being followed.' },
    COMPLETED: { description: 'Every step is done, skipped or hidden.' },
    CANCELLED: { description: 'It was given up.' },
  },
});

registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'What an approver says of a subject.',
  valuesConfig: {
    APPROVED: { description: 'Yes.' },
    REJECTED: { description: 'No: it goes back to whoever did it, as a new attempt.' },
  },
});

registerEnumType(ReopenMode, {
  name: 'ReopenMode',
  description: 'What becomes of the steps after one that is opened again.',
  valuesConfig: {
    KEEP: {
      description: 'They stay as they are, except that approvals lose their decision on it and wait anew.',
    },
    REDO: { description: 'All that was done after it is done anew, approvals included.' },
  },
});
