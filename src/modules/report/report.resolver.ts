import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Run } from '../run/run.entity.js';
import { runById } from '../run/run.loader.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { Report } from './report.entity.js';
import { ApproveReportInput, ArchiveReportInput, EditReportInput, ReportPayload } from './report.input.js';
import { reportById, reportsOfTicket } from './report.loader.js';
import { approveReport, archiveReport, editReport } from './report-editing.service.js';
import { isIntact } from './report-seal.service.js';

@Resolver(() => Report)
export class ReportResolver {
  @Access('STAFF')
  @Mutation(() => ReportPayload, {
    description: 'Edits what a report says. One that was approved becomes a draft again.',
  })
  editReport(
    @Ctx() ctx: Context,
    @Arg('input', () => EditReportInput, { description: 'Which and how.' }) input: EditReportInput,
  ) {
    return payload(
      async () => ({ report: await editReport(ctx, input) }),
      () => asItIs(ctx, input.reportId),
    );
  }

  @Access('STAFF')
  @Mutation(() => ReportPayload, {
    description: 'Approves a draft. For team leads and managers, not for who drafted or edited it.',
  })
  approveReport(
    @Ctx() ctx: Context,
    @Arg('input', () => ApproveReportInput, { description: 'Which.' }) input: ApproveReportInput,
  ) {
    return payload(
      async () => ({ report: await approveReport(ctx, input) }),
      () => asItIs(ctx, input.reportId),
    );
  }

  @Access('STAFF')
  @Mutation(() => ReportPayload, { description: 'Archives an approved report: it never changes again.' })
  archiveReport(
    @Ctx() ctx: Context,
    @Arg('input', () => ArchiveReportInput, { description: 'Which.' }) input: ArchiveReportInput,
  ) {
    return payload(
      async () => ({ report: await archiveReport(ctx, input) }),
      () => asItIs(ctx, input.reportId),
    );
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is about.' })
  ticket(@Ctx() ctx: Context, @Root() report: Report) {
    return ctx.load(ticketById, report.ticketId);
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run that drafted it; null for none.' })
  run(@Ctx() ctx: Context, @Root() report: Report) {
    return report.runId && ctx.load(runById, report.runId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who drafted it; null for the desk itself.' })
  draftedBy(@Ctx() ctx: Context, @Root() report: Report) {
    return ctx.load(agentById, report.draftedById);
  }

  @FieldResolver(() => [Agent], {
    description: 'Who edited it since it was drafted: none of them can approve it.',
  })
  async editedBy(@Ctx() ctx: Context, @Root() report: Report) {
    const found = await Promise.all(report.editedByIds.map((id) => ctx.load(agentById, id)));
    return found.filter((agent) => agent !== null);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who approved it; null while it is a draft.' })
  approvedBy(@Ctx() ctx: Context, @Root() report: Report) {
    return report.approvedById && ctx.load(agentById, report.approvedById);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether it still says what was archived, by hashing it again; null while it is not archived.',
  })
  verified(@Root() report: Report) {
    return isIntact(report);
  }
}

@Resolver(() => Ticket)
export class TicketReportsResolver {
  @Access('STAFF')
  @FieldResolver(() => [Report], {
    nullable: true,
    description: 'Reports on it, in the order they were drafted. For staff only.',
  })
  reports(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(reportsOfTicket, ticket.id);
  }
}

/** The report by now, for the payload of a mutation that was refused as STALE. */
async function asItIs(ctx: Context, reportId: string) {
  ctx.forget();
  return { report: (await ctx.load(reportById, reportId)) ?? undefined };
}
