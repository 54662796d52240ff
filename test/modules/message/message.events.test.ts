import { messageAdded } from '../../../src/modules/message/message.events.js';
import { MessageDirection, MessageVisibility } from '../../../src/modules/message/message.vocabulary.js';

describe('a message is told', () => {
  test.each([
    [MessageVisibility.PUBLIC, 'PUBLIC'],
    [MessageVisibility.INTERNAL, 'INTERNAL'],
  ])('to those who may read it: %s', (visibility, audience) => {
    const event = messageAdded({ id: 'message_1', direction: MessageDirection.OUTBOUND, visibility });
    expect(event).toEqual({
      type: 'MESSAGE_ADDED',
      visibility: audience,
      data: { messageId: 'message_1', direction: 'OUTBOUND', visibility },
    });
  });

  test('without anything else of it, not its text', () => {
    const message = {
      id: 'message_1',
      direction: MessageDirection.INBOUND,
      visibility: MessageVisibility.PUBLIC,
      body: 'secret',
    };
    expect(JSON.stringify(messageAdded(message))).not.toContain('secret');
  });
});
