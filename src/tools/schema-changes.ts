import {
  buildASTSchema,
  type DirectiveNode,
  findBreakingChanges,
  findDangerousChanges,
  Kind,
  parse,
  visit,
} from 'graphql';

/** What clients may notice of a new schema, in English; one line each. */
export interface SchemaChanges {
  /** What breaks clients without having been announced. */
  breaking: string[];
  /** What may surprise clients that don't expect the schema to grow: another enum value, another member of a union. */
  dangerous: string[];
}

/**
 * Compares two schemas as SDL. What the old one marks as deprecated, to be removed on a day that has come, was
 * announced, and may go.
 * @param today as in reasons: `2027-01-31`
 */
export function schemaChanges(before: string, after: string, today: string): SchemaChanges {
  const announced = (node: { directives?: readonly DirectiveNode[] }) => {
    const day = removalDay(node.directives ?? []);
    return day !== null && day <= today ? null : undefined;
  };
  const kept = visit(parse(before), {
    FieldDefinition: announced,
    InputValueDefinition: announced,
    EnumValueDefinition: announced,
  });
  const [old, now] = [buildASTSchema(kept), buildASTSchema(parse(after))];
  const words = (changes: { description: string }[]) => changes.map(({ description }) => description);
  return {
    breaking: words(findBreakingChanges(old, now)),
    dangerous: words(findDangerousChanges(old, now)),
  };
}

/** The day of `@deprecated(reason: "… Removal on 2027-01-31")`, or null. */
function removalDay(directives: readonly DirectiveNode[]): string | null {
  const reason = directives
    .find(({ name }) => name.value === 'deprecated')
    ?.arguments?.find(({ name }) => name.value === 'reason')?.value;
  return reason?.kind === Kind.STRING ? (REMOVAL.exec(reason.value)?.[1] ?? null) : null;
}

/** How the reason of a deprecation ends. */
export const REMOVAL = /Removal on (\d{4}-\d\d-\d\d)\.?$/;
