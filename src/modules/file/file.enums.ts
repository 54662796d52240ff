import { registerEnumType } from 'type-graphql';
import { FileStatus } from './file.vocabulary.js';

registerEnumType(FileStatus, {
  name: 'FileStatus',
  description: 'Whether the bytes of a file are there.',
  valuesConfig: {
    PENDING: { description: 'It was announced; its bytes have not come yet.' },
    STORED: { description: 'Its bytes are kept, and never change.' },
  },
});
