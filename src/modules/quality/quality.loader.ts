import { registerNode } from '../../platform/graphql/node.js';
import { hangingOn } from '../ticket/ticket.loader.js';
import { QualityReview } from './quality.entity.js';
import { ImprovementItem, Retrospective } from './retrospective.entity.js';

const reviews = hangingOn(QualityReview, 'quality_review', 'STAFF');
const retrospectives = hangingOn(Retrospective, 'retrospective', 'STAFF');
const items = hangingOn(ImprovementItem, 'improvement_item', 'STAFF', {
  column: 'position',
  direction: 'asc',
});
registerNode('review', 'QualityReview', reviews.byId);
registerNode('retro', 'Retrospective', retrospectives.byId);
registerNode('improvement', 'ImprovementItem', items.byId);

export const reviewsOfTicket = reviews.ofTicket;
export const retrospectiveById = retrospectives.byId;
export const retrospectivesOfTicket = retrospectives.ofTicket;
export const improvementById = items.byId;
/** The items of all retrospectives on a ticket, each retrospective's in the order they were written down. */
export const improvementsOfTicket = items.ofTicket;
