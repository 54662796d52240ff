import { registerEnumType } from 'type-graphql';
import { ProcessState } from './process.vocabulary.js';

registerEnumType(ProcessState, {
  name: 'ProcessState',
  description: 'Where a process stands in its life.',
  valuesConfig: {
    DRAFT: { description: 'Never published: nobody can start it.' },
    PUBLISHED: { description: 'New runs follow its newest version.' },
    RETIRED: { description: 'No new run is started; those that are active go on.' },
  },
});
