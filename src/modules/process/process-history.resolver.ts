import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { notFound } from '../../platform/errors.js';
import { differencesOf } from './diff.rules.js';
import { processVersionById } from './process.loader.js';
import { ProcessChange } from './process-history.types.js';

@Resolver(() => ProcessChange)
export class ProcessChangeResolver {
  @Access('STAFF')
  @Query(() => [ProcessChange], {
    description:
      'What leads from one version to another: of the process itself, then of its steps in their order. A step that moved and changed comes twice.',
  })
  async diffProcessVersions(
    @Ctx() ctx: Context,
    @Arg('from', () => ID, { description: 'The version to begin with.' }) from: string,
    @Arg('to', () => ID, { description: 'The version to end with.' }) to: string,
  ) {
    const [before, after] = await Promise.all([from, to].map((id) => ctx.load(processVersionById, id)));
    if (!before) throw notFound('process version', from, ['from']);
    if (!after) throw notFound('process version', to, ['to']);
    return differencesOf(before.definition, after.definition);
  }
}
