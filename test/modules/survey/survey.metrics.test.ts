import { satisfactionOf } from '../../../src/modules/survey/survey.metrics.js';

describe('satisfaction', () => {
  test('is the mean rating, and the share of 4 and 5 in percent', () => {
    // Ratings 5, 4, 4, 1.
    expect(satisfactionOf({ answered: 4, total: 14, content: 3 })).toEqual({
      answered: 4,
      mean: 3.5,
      csat: 75,
    });
  });

  test('is not known while nothing was answered', () => {
    expect(satisfactionOf({ answered: 0, total: 0, content: 0 })).toEqual({
      answered: 0,
      mean: null,
      csat: null,
    });
  });
});
