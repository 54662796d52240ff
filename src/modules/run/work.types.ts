import { ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { Step } from './step.entity.js';

export const StepConnection = connectionOf(Step, 'Step');

@ObjectType({
  description: 'An approval that waits for the viewer, in their own name or that of somebody they act for.',
})
export class ApprovalRequest {
  /** The approval, whose row all else is shown from. */
  row: Step;
}

export const ApprovalRequestConnection = connectionOf(ApprovalRequest, 'ApprovalRequest');
