import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Report } from './report.entity.js';

/** What inputs that change a report have in common. */
@InputType({ description: 'What inputs that change a report have in common.' })
export abstract class ReportChangeInput {
  @Field(() => ID, { description: 'The report.' })
  reportId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version it was read at; STALE when it has changed since.',
  })
  expectedVersion?: number;
}

@InputType({ description: 'Edits what a report says. At least one of summary and body is given.' })
export class EditReportInput extends ReportChangeInput {
  @AtMost(20_000)
  @Field(() => String, {
    nullable: true,
    description: 'What you have to say. As it is unless given.',
  })
  summary?: string;
  @AtMost(500_000)
  @Field(() => String, {
    nullable: true,
    description: 'Plain text. As it is unless given.',
  })
  body?: string;
}

@InputType({ description: 'Approves a draft.' })
export class ApproveReportInput extends ReportChangeInput {}

@InputType({ description: 'Archives an approved report for good.' })
export class ArchiveReportInput extends ReportChangeInput {}

@ObjectType({ description: 'The report as it is now.' })
export class ReportPayload extends Payload {
  @Field(() => Report, {
    nullable: true,
    description: 'The report as it is now; null when the mutation was refused, unless as STALE.',
  })
  report?: Report | null;
}
