import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { EmailAddressScalar } from '../../platform/graphql/scalars.js';
import { previewMails } from './preview.service.js';
import { AnswerInput } from './run.input.js';

@ObjectType({ description: 'A mail as it would be sent. Nothing was sent, and links in it do not work.' })
export class MessagePreview {
  @Field(() => EmailAddressScalar, { description: 'Whom it would go to.' })
  to: string;
  @Field(() => String, { description: 'The subject line.' })
  subject: string;
  @Field(() => String, { description: 'The plain text, with what the desk puts around it.' })
  text: string;
  @Field(() => String, { description: 'The same as HTML; values are escaped.' })
  html: string;
}

@Resolver(() => MessagePreview)
export class MessagePreviewResolver {
  @Access('STAFF')
  @Query(() => [MessagePreview], {
    description:
      'The mails that completing a step would send, in their order, without sending them. A variable without ' +
      'a value is an error that names it, as it would be then.',
  })
  previewMessage(
    @Ctx() ctx: Context,
    @Arg('step', () => ID, { description: 'The step.' }) step: string,
    @Arg('answers', () => [AnswerInput], {
      nullable: true,
      description: 'What would be answered; what was answered last without it.',
    })
    answers?: AnswerInput[],
  ): Promise<MessagePreview[]> {
    return previewMails(ctx, step, answers);
  }
}
