/** Faults in what a field demands of its answers: options, limits, patterns, files, a default. Pure. */
import { checkValue } from '../run/answer.rules.js';
import { COUNTED, FIELD_TRAITS, type FieldType, fieldTypesThat } from './field.vocabulary.js';
import type { DefinitionFault, Patterns } from './outline.rules.js';
import type { FieldDefinition } from './process.definition.js';

const WITH_OPTIONS = fieldTypesThat(({ options }) => options);
const WITH_LIMITS = [...COUNTED, ...fieldTypesThat(({ json }) => json === 'number')];
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,63}\/(?:\*|[\w!#$&^.+-]{1,63})$/;

/** Which types each property means something for. On another it would be ignored, without a word. */
const MEANT_FOR: [keyof FieldDefinition, readonly FieldType[]][] = [
  ['options', WITH_OPTIONS],
  ['min', WITH_LIMITS],
  ['max', WITH_LIMITS],
  ['pattern', fieldTypesThat(({ written }) => written)],
  ['maxSize', ['FILE']],
  ['types', ['FILE']],
  ['multiple', ['MEMBERS']],
];

function misplacedFaults(field: FieldDefinition, path: string[]): DefinitionFault[] {
  return MEANT_FOR.filter(
    ([property, types]) => field[property] !== undefined && !types.includes(field.type),
  ).map(([property, types]) => ({
    path: [...path, property],
    message: `A ${field.type} has no ${property}: it is for ${types.join(', ')}. Leave it out.`,
  }));
}

function optionFaults({ type, options }: FieldDefinition, path: string[]): DefinitionFault[] {
  if (!FIELD_TRAITS[type].options) return [];
  if (!options || options.length === 0)
    return [{ path, message: `A ${type} needs options. List at least one.` }];
  if (options.some((option) => option.trim() === ''))
    return [{ path, message: 'An option is blank. Name it.' }];
  const twice = options.find((option, index) => options.indexOf(option) < index);
  return twice === undefined
    ? []
    : [{ path, message: `The option "${twice}" is listed twice. Keep one of them.` }];
}

function countFaults(field: FieldDefinition, path: string[]): DefinitionFault[] {
  if (!COUNTED.includes(field.type)) return [];
  return (['min', 'max'] as const).flatMap((limit) => {
    const count = field[limit];
    if (count === undefined || (Number.isInteger(count) && count >= 0)) return [];
    return [{ path: [...path, limit], message: `${count} counts nothing. Give a whole number from 0.` }];
  });
}

function limitFaults(
  { type, min, max, multiple, options }: FieldDefinition,
  path: string[],
): DefinitionFault[] {
  if (!WITH_LIMITS.includes(type)) return [];
  const bound = type === 'RATING' ? 5 : Infinity;
  const choices = type === 'MULTI_CHOICE' && options ? options.length : Infinity;
  const least = min ?? (type === 'RATING' ? 1 : -Infinity);
  const most = Math.min(max ?? bound, choices, multiple === false ? 1 : Infinity);
  if (least <= most) return [];
  return [
    {
      path: [...path, 'min'],
      message: `Nothing is at least ${least} and at most ${most}. Correct min or max.`,
    },
  ];
}

function fileFaults({ types }: FieldDefinition, path: string[]): DefinitionFault[] {
  return (types ?? []).flatMap((type, index) =>
    MEDIA_TYPE.test(type)
      ? []
      : [
          {
            path: [...path, 'types', String(index)],
            message: `"${type}" is not a media type. Give one like image/png or image/*.`,
          },
        ],
  );
}

function patternFaults({ pattern }: FieldDefinition, path: string[], patterns: Patterns): DefinitionFault[] {
  if (pattern === undefined || patterns.isPattern(pattern)) return [];
  const message =
    'This pattern cannot be read. Give a regular expression without look-around and back references.';
  return [{ path: [...path, 'pattern'], message }];
}

function defaultFaults(field: FieldDefinition, path: string[], patterns: Patterns): DefinitionFault[] {
  if (field.default === undefined) return [];
  const at = [...path, 'default'];
  if (FIELD_TRAITS[field.type].withoutDefault) {
    return [{ path: at, message: `A ${field.type} has no default. Leave it out.` }];
  }
  const nothing = {
    agentIds: new Set<string>(),
    teamIds: new Set<string>(),
    files: new Map(),
    wasGiven: () => false,
  };
  const checked = checkValue(field, field.default, { ...nothing, matches: patterns.matches });
  return 'fault' in checked ? [{ path: at, message: checked.fault }] : [];
}

/** Everything that is wrong with what the field demands. Of what is no limit, its default is not measured. */
export function demandFaults(field: FieldDefinition, path: string[], patterns: Patterns): DefinitionFault[] {
  const faults = [
    ...misplacedFaults(field, path),
    ...optionFaults(field, [...path, 'options']),
    ...countFaults(field, path),
    ...limitFaults(field, path),
    ...fileFaults(field, path),
    ...patternFaults(field, path, patterns),
  ];
  return faults.length > 0 ? faults : defaultFaults(field, path, patterns);
}
