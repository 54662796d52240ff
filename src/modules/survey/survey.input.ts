import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Survey } from './survey.entity.js';

@InputType({ description: 'The answer to a survey, found by the link or by its id: exactly one of the two.' })
export class AnswerSurveyInput {
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'The token at the end of the link; needs no sign-in.' })
  token?: string;
  @Field(() => ID, { nullable: true, description: "The survey, for the ticket's signed-in customer." })
  surveyId?: string;
  @Field(() => Int, { description: 'How satisfied on the whole, 1 (not at all) to 5 (very).' })
  overall: number;
  @Field(() => Int, { nullable: true, description: 'How quickly the desk reacted, 1 to 5.' })
  responsiveness?: number;
  @Field(() => Int, { nullable: true, description: 'How clearly the desk wrote and spoke, 1 to 5.' })
  clarity?: number;
  @Field(() => Int, { nullable: true, description: 'How professional the desk was, 1 to 5.' })
  professionalism?: number;
  @AtMost(5_000)
  @Field(() => String, { nullable: true, description: 'Anything else.' })
  comment?: string;
}

@ObjectType({ description: 'The survey as it is now.' })
export class SurveyPayload extends Payload {
  @Field(() => Survey, { nullable: true, description: 'The survey; null when the mutation was refused.' })
  survey?: Survey | null;
}
