import { registerEnumType } from 'type-graphql';
import { CoordinationStatus } from './coordination.vocabulary.js';

registerEnumType(CoordinationStatus, {
  name: 'CoordinationStatus',
  description: 'Whether a request to another department still waits for its answer.',
  valuesConfig: {
    OPEN: { description: 'The department has still to do its part.' },
    DONE: { description: 'The department did its part, or said that it will not.' },
  },
});
