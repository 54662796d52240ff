/** Which fields each kind of effect reads, of which types, and from where. Pure. */

import type { EffectDefinition, EffectKind } from './effect.definition.js';
import type { FieldType } from './field.vocabulary.js';

/** One property of an effect that names a field. */
export interface FieldUse {
  /** Path to the property within the effect. */
  path: string[];
  /** Key of the field. */
  key: string;
  types: readonly FieldType[];
  /** Whether a field of an earlier step will do as well. */
  from: 'SAME_STEP' | 'ANY_STEP_SO_FAR';
  /** What the field's options stand for: every option must be a key. */
  map?: Record<string, string>;
}

const TEXT: readonly FieldType[] = ['SHORT_TEXT', 'LONG_TEXT'];
const REASON: readonly FieldType[] = [...TEXT, 'DROPDOWN'];

type Of<K extends EffectKind> = Extract<EffectDefinition, { kind: K }>;
/** Null stands for an optional property that is absent. */
type Uses<K extends EffectKind> = (effect: Of<K>) => (FieldUse | null)[];

function own(property: string, key: string | undefined, types: readonly FieldType[]): FieldUse | null {
  return key === undefined ? null : { path: [property], key, types, from: 'SAME_STEP' };
}

function any(property: string, key: string | undefined, types: readonly FieldType[]): FieldUse | null {
  return key === undefined ? null : { path: [property], key, types, from: 'ANY_STEP_SO_FAR' };
}

function mapped(effect: { field: string; map: Record<string, string> }): FieldUse {
  return { path: ['field'], key: effect.field, types: ['DROPDOWN'], from: 'SAME_STEP', map: effect.map };
}

const USES: { [K in EffectKind]: Uses<K> } = {
  SEND_MESSAGE: (effect) => [any('to', effect.to, ['EMAIL'])],
  ADD_NOTE: () => [],
  SET_CATEGORY: (effect) => [own('field', effect.field, ['DROPDOWN'])],
  SET_CHANNEL: (effect) => [mapped(effect)],
  SET_URGENCY: (effect) => [mapped(effect)],
  SET_IMPACT: (effect) => [mapped(effect)],
  SET_PRIORITY: (effect) => [mapped(effect)],
  SET_STATUS: (effect) => [mapped(effect), any('resolutionField', effect.resolutionField, TEXT)],
  ROUTE: (effect) => [
    own('teamField', effect.teamField, ['TEAM']),
    own('memberField', effect.memberField, ['MEMBERS']),
  ],
  PROMISE_RESOLUTION: (effect) => [own('field', effect.field, ['NUMBER'])],
  RECORD_RESOLUTION: (effect) => [own('field', effect.field, TEXT)],
  RESOLVE: (effect) => [any('field', effect.field, TEXT)],
  ESCALATE: (effect) => [
    own('reasonField', effect.reasonField, REASON),
    own('membersField', effect.membersField, ['MEMBERS']),
  ],
  COORDINATE: (effect) => [
    own('field', effect.field, ['MULTI_CHOICE']),
    own('briefField', effect.briefField, TEXT),
    own('ownerField', effect.ownerField, ['MEMBERS']),
    own('dueField', effect.dueField, ['DATE']),
  ],
  INVITE_SURVEY: (effect) => [any('to', effect.to, ['EMAIL'])],
  ANALYSE_SURVEY: (effect) => [own('field', effect.field, TEXT)],
  REVIEW_QUALITY: (effect) => [
    ...effect.criteria.map(
      ({ field: key }, index): FieldUse => ({
        path: ['criteria', String(index), 'field'],
        key,
        types: ['RATING'],
        from: 'SAME_STEP',
      }),
    ),
    own('summaryField', effect.summaryField, TEXT),
  ],
  GIVE_FEEDBACK: (effect) => [own('field', effect.field, TEXT)],
  DRAFT_REPORT: (effect) => [own('field', effect.field, TEXT)],
  APPROVE_REPORT: () => [],
  ARCHIVE_REPORT: () => [],
  RECORD_RETROSPECTIVE: (effect) => [
    own('notesField', effect.notesField, TEXT),
    own('itemsField', effect.itemsField, TEXT),
  ],
  CLOSE_TICKET: (effect) => [own('notesField', effect.notesField, TEXT)],
  SEND_BACK: (effect) => [own('field', effect.field, ['CHECKBOX'])],
};

/** Every field that the effect names. */
export function fieldUses(effect: EffectDefinition): FieldUse[] {
  const uses = USES[effect.kind] as Uses<EffectKind>;
  return uses(effect).filter((use) => use !== null);
}
