import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.js';
import { Actor, actorOf } from '../directory/actor.js';
import { AuditEntry } from './audit.entity.js';
import { AuditFilter, AuditOrder } from './audit.filter.js';
import { AUDITORS, listAuditEntries } from './audit.loader.js';

const AuditEntryConnection = connectionOf(AuditEntry, 'AuditEntry');

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @Access(AUDITORS)
  @Query(() => AuditEntryConnection, {
    description:
      'What was done by special right, or refused; the newest first unless told otherwise. For administrators and managers.',
  })
  auditEntries(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => AuditFilter, { nullable: true, description: 'Which ones; all without it.' })
    where?: AuditFilter,
    @Arg('orderBy', () => [AuditOrder], {
      nullable: true,
      description: 'In which order; the id is always the last key.',
    })
    orderBy?: AuditOrder[],
  ) {
    return listAuditEntries(ctx, where, orderBy, page);
  }

  @FieldResolver(() => Actor, { nullable: true, description: 'Who did it; null for the desk itself.' })
  actor(@Ctx() ctx: Context, @Root() entry: AuditEntry) {
    return actorOf(ctx, entry.actorId);
  }
}
