import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { tooMuch } from './source-limits.js';

/**
 * What is counted over the whole document. Each keeps a rule of validation cheap that takes the square of it:
 * fields of one name are compared each with each, fragments with fragments, variables operation by operation.
 */
const MOST = {
  aliases: 200,
  directives: 100,
  fragments: 60,
  spreads: 300,
  operations: 50,
  /** Fields asked for again beside themselves, in the same braces. */
  repetitions: 100,
  /** Fields at the root of one operation: each is a query or mutation of its own. */
  rootFields: 30,
};
type Counted = keyof typeof MOST;

/**
 * What makes a document too large to be validated and run, though its text is in bounds. One walk, linear in
 * the document: fragments are looked into once each, whatever spreads them, cycles or not.
 * @param mostDeep levels of fields; introspection has its own limit
 */
export function checkDocument(document: DocumentNode, mostDeep: number): GraphQLError | null {
  const census = new Census(document);
  for (const name of Object.keys(MOST) as Counted[])
    if (census.counts[name] > MOST[name])
      return tooMuch(name, `A document has at most ${MOST[name]} ${words(name)}.`);
  if (census.depth() > mostDeep) return tooMuch('depth', `Fields nest at most ${mostDeep} deep.`);
  return null;
}

function words(name: Counted): string {
  return name === 'rootFields' ? 'fields at its root' : name;
}

class Census {
  readonly counts: Record<Counted, number> = {
    aliases: 0,
    directives: 0,
    fragments: 0,
    spreads: 0,
    operations: 0,
    repetitions: 0,
    rootFields: 0,
  };
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly depths = new Map<string, number>();

  constructor(private readonly document: DocumentNode) {
    for (const definition of document.definitions) this.takeDefinition(definition);
    for (const definition of document.definitions)
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const names = new Set<string>();
        this.takeRoots(definition.selectionSet, names, new Set());
        this.counts.rootFields = Math.max(this.counts.rootFields, names.size);
      }
  }

  /** Levels of fields of the deepest operation. */
  depth(): number {
    const operations = this.document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return Math.max(0, ...operations.map((each) => ('selectionSet' in each ? this.below(each) : 0)));
  }

  private takeDefinition(definition: DefinitionNode): void {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      this.counts.operations += 1;
      for (const variable of definition.variableDefinitions ?? []) this.takeDirectives(variable);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      this.counts.fragments += 1;
      this.fragments.set(definition.name.value, definition);
    } else return;
    this.takeDirectives(definition);
    this.takeSelections(definition.selectionSet, new Set());
  }

  private takeDirectives({ directives }: { directives?: readonly DirectiveNode[] }): void {
    this.counts.directives += directives?.length ?? 0;
  }

  private takeSelections({ selections }: SelectionSetNode, names: Set<string>): void {
    for (const selection of selections) {
      this.takeDirectives(selection);
      if (selection.kind === Kind.FRAGMENT_SPREAD) this.counts.spreads += 1;
      // Compared with what stands beside it, as if there were no braces.
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.takeSelections(selection.selectionSet, names);
      else {
        const name = selection.alias?.value ?? selection.name.value;
        if (selection.alias) this.counts.aliases += 1;
        if (names.has(name)) this.counts.repetitions += 1;
        names.add(name);
        if (selection.selectionSet) this.takeSelections(selection.selectionSet, new Set());
      }
    }
  }

  /** Names under which an operation answers at its root, wherever they are written. */
  private takeRoots({ selections }: SelectionSetNode, names: Set<string>, seen: Set<string>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.alias?.value ?? selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.takeRoots(selection.selectionSet, names, seen);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = this.fragments.get(selection.name.value);
        if (fragment) this.takeRoots(fragment.selectionSet, names, seen);
      }
    }
  }

  private below({ selectionSet }: { selectionSet?: SelectionSetNode }): number {
    let deepest = 0;
    for (const selection of selectionSet?.selections ?? [])
      deepest = Math.max(deepest, this.depthOf(selection));
    return deepest;
  }

  private depthOf(selection: SelectionNode): number {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.below(selection);
    if (selection.kind === Kind.FIELD)
      return selection.name.value.startsWith('__') ? 1 : 1 + this.below(selection);
    const name = selection.name.value;
    const known = this.depths.get(name);
    if (known !== undefined) return known;
    // Of a cycle, which validation refuses, the way round counts once.
    this.depths.set(name, 0);
    const fragment = this.fragments.get(name);
    const depth = fragment ? this.below(fragment) : 0;
    this.depths.set(name, depth);
    return depth;
  }
}
