import { hashOf } from './definition.hash.js';
import { definitionFaults } from './definition.reader.js';
import type { Process } from './process.entity.js';
import type { ProcessDraft } from './process-draft.types.js';

/** The draft of a process as it is shown, with what keeps it from being published. */
export function draftOf(process: Process): ProcessDraft {
  const { draft: definition, draftVersion, draftUpdatedAt, draftUpdatedById } = process;
  return {
    definition,
    version: draftVersion,
    hash: hashOf(definition),
    faults: definitionFaults(definition),
    updatedAt: draftUpdatedAt,
    updatedById: draftUpdatedById,
  };
}
