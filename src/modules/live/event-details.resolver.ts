import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.js';
import { Message } from '../message/message.entity.js';
import { messageById } from '../message/message.scope.js';
import { Report } from '../report/report.entity.js';
import { reportById } from '../report/report.loader.js';
import { Run } from '../run/run.entity.js';
import { runById, stepById } from '../run/run.loader.js';
import { Step } from '../run/step.entity.js';
import { Survey } from '../survey/survey.entity.js';
import { surveyById } from '../survey/survey.loader.js';
import {
  ApprovalDecided,
  MessageAdded,
  ReportChanged,
  RunChanged,
  StepChanged,
  StepCompleted,
  StepSkipped,
  SurveyChanged,
} from './ticket-event.types.js';

/** From an event to the thing it speaks of, as it is now; null where the viewer may not see it. */

@Resolver(() => RunChanged)
export class RunChangedResolver {
  @FieldResolver(() => Run, { nullable: true, description: 'The run as it is now.' })
  run(@Ctx() ctx: Context, @Root() { runId }: RunChanged) {
    return ctx.load(runById, runId);
  }
}

@Resolver(() => StepChanged)
export class StepChangedResolver {
  @FieldResolver(() => Step, { nullable: true, description: 'The step as it is now.' })
  step(@Ctx() ctx: Context, @Root() { stepId }: StepChanged) {
    return ctx.load(stepById, stepId);
  }
}

@Resolver(() => StepCompleted)
export class StepCompletedResolver {
  @FieldResolver(() => Step, { nullable: true, description: 'The step as it is now.' })
  step(@Ctx() ctx: Context, @Root() { stepId }: StepCompleted) {
    return ctx.load(stepById, stepId);
  }
}

@Resolver(() => StepSkipped)
export class StepSkippedResolver {
  @FieldResolver(() => Step, { nullable: true, description: 'The step as it is now.' })
  step(@Ctx() ctx: Context, @Root() { stepId }: StepSkipped) {
    return ctx.load(stepById, stepId);
  }
}

@Resolver(() => ApprovalDecided)
export class ApprovalDecidedResolver {
  @FieldResolver(() => Step, { nullable: true, description: 'The approval as it is now.' })
  step(@Ctx() ctx: Context, @Root() { stepId }: ApprovalDecided) {
    return ctx.load(stepById, stepId);
  }
}

@Resolver(() => MessageAdded)
export class MessageAddedResolver {
  @FieldResolver(() => Message, { nullable: true, description: 'The message.' })
  message(@Ctx() ctx: Context, @Root() { messageId }: MessageAdded) {
    return ctx.load(messageById, messageId);
  }
}

@Resolver(() => SurveyChanged)
export class SurveyChangedResolver {
  @FieldResolver(() => Survey, { nullable: true, description: 'The survey as it is now.' })
  survey(@Ctx() ctx: Context, @Root() { surveyId }: SurveyChanged) {
    return ctx.load(surveyById, surveyId);
  }
}

@Resolver(() => ReportChanged)
export class ReportChangedResolver {
  @FieldResolver(() => Report, { nullable: true, description: 'The report as it is now.' })
  report(@Ctx() ctx: Context, @Root() { reportId }: ReportChanged) {
    return ctx.load(reportById, reportId);
  }
}
