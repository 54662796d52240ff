import { describe, expect, it } from '@jest/globals';
import type { EffectDefinition } from '../../../src/modules/process/effect.definition.js';
import type { ProcessDefinition } from '../../../src/modules/process/process.definition.js';
import { approval, task } from '../run/definitions.js';
import { around, field, options, paths } from './faulty.js';

const map = { High: 'HIGH', Low: 'LOW' } as const;

function withEffect(effect: EffectDefinition, before: EffectDefinition[] = []): ProcessDefinition {
  const fields = [
    field('Text', 'LONG_TEXT'),
    field('Level', 'DROPDOWN', { options }),
    field('Many', 'MULTI_CHOICE', { options }),
    field('Number', 'NUMBER'),
    field('Stars', 'RATING'),
    field('Box', 'CHECKBOX'),
    field('Team', 'TEAM'),
    field('People', 'MEMBERS'),
    field('Day', 'DATE'),
    field('Mail', 'EMAIL'),
  ];
  return around(task('middle', { fields, effects: [...before, effect] }));
}

describe('effects', () => {
  it.each<[EffectDefinition, string[]]>([
    [
      {
        kind: 'SEND_MESSAGE',
        subject: '{{form.Early}}',
        body: 'a {{ form.Text | upcase }} {{ticket.number}}',
        to: 'Early_Email',
      },
      [],
    ],
    [
      { kind: 'SEND_MESSAGE', subject: '{{form.Late}}', body: '{{form.Nope}} {{ form.Nix }}', to: 'Text' },
      ['to', 'subject', 'body', 'body'],
    ],
    [{ kind: 'ADD_NOTE', body: '{{form.Late}} form.Nowhere' }, ['body']],
    [{ kind: 'SET_CATEGORY', field: 'Level' }, []],
    [{ kind: 'SET_CATEGORY', field: 'Text' }, ['field']],
    [{ kind: 'SET_URGENCY', field: 'Level', map }, []],
    [{ kind: 'SET_URGENCY', field: 'Early_Level', map }, ['field']],
    [{ kind: 'SET_IMPACT', field: 'Level', map: { High: 'HIGH' } }, ['map']],
    [{ kind: 'SET_PRIORITY', field: 'Level', map: { ...map, Middle: 'MEDIUM' } }, ['map.Middle']],
    [{ kind: 'SET_CHANNEL', field: 'Many', map: { High: 'EMAIL', Low: 'CHAT' } }, ['field']],
    [
      {
        kind: 'SET_STATUS',
        field: 'Level',
        map: { High: 'OPEN', Low: 'RESOLVED' },
        resolutionField: 'Early',
      },
      [],
    ],
    [
      { kind: 'SET_STATUS', field: 'Level', map: { High: 'OPEN', Low: 'RESOLVED' }, resolutionField: 'Late' },
      ['resolutionField'],
    ],
    [{ kind: 'ROUTE' }, []],
    [{ kind: 'ROUTE', teamField: 'Team', memberField: 'People' }, []],
    [{ kind: 'ROUTE', teamField: 'People', memberField: 'Team' }, ['teamField', 'memberField']],
    [{ kind: 'PROMISE_RESOLUTION', field: 'Number' }, []],
    [{ kind: 'PROMISE_RESOLUTION', field: 'Text' }, ['field']],
    [{ kind: 'RECORD_RESOLUTION', field: 'Day' }, ['field']],
    [{ kind: 'RESOLVE' }, []],
    [{ kind: 'RESOLVE', field: 'Early' }, []],
    [{ kind: 'RESOLVE', field: 'Late' }, ['field']],
    [{ kind: 'ESCALATE', reasonField: 'Text', membersField: 'People' }, []],
    [{ kind: 'ESCALATE', reasonField: 'People', membersField: 'Text' }, ['reasonField', 'membersField']],
    [{ kind: 'COORDINATE', field: 'Many', briefField: 'Text', ownerField: 'People', dueField: 'Day' }, []],
    [
      { kind: 'COORDINATE', field: 'Level', briefField: 'Day', ownerField: 'Day', dueField: 'Text' },
      ['field', 'briefField', 'ownerField', 'dueField'],
    ],
    [{ kind: 'INVITE_SURVEY', to: 'Mail' }, []],
    [{ kind: 'INVITE_SURVEY', to: 'Late' }, ['to']],
    [{ kind: 'ANALYSE_SURVEY', field: 'Text' }, ['kind']],
    [
      {
        kind: 'REVIEW_QUALITY',
        criteria: [
          { field: 'Stars', label: '' },
          { field: 'Number', label: '' },
        ],
      },
      ['criteria.1.field'],
    ],
    [{ kind: 'GIVE_FEEDBACK', field: 'Early' }, ['field']],
    [{ kind: 'DRAFT_REPORT', report: 'FINAL', field: 'Text' }, []],
    [{ kind: 'APPROVE_REPORT', report: 'FINAL' }, ['kind']],
    [{ kind: 'ARCHIVE_REPORT', report: 'FINAL' }, ['kind']],
    [{ kind: 'RECORD_RETROSPECTIVE', notesField: 'Text', itemsField: 'Many' }, ['itemsField']],
    [
      { kind: 'CLOSE_TICKET', notesField: 'Level', subject: '', body: '{{form.Nope}}' },
      ['notesField', 'body'],
    ],
    [{ kind: 'SEND_BACK', field: 'Box', to: 'early' }, []],
    [{ kind: 'SEND_BACK', field: 'Text', to: 'middle' }, ['field', 'to']],
    [{ kind: 'SEND_BACK', field: 'Box', to: 'late' }, ['to']],
  ])('%j', (effect, faults) => {
    expect(paths(withEffect(effect))).toEqual(faults.map((path) => `steps.2.effects.0.${path}`));
  });

  it('find what they work on when an effect before them made it', () => {
    const survey: EffectDefinition[] = [{ kind: 'INVITE_SURVEY' }];
    expect(paths(withEffect({ kind: 'ANALYSE_SURVEY', field: 'Text' }, survey))).toEqual([]);
    const draft: EffectDefinition[] = [{ kind: 'DRAFT_REPORT', report: 'FINAL', field: 'Text' }];
    expect(paths(withEffect({ kind: 'ARCHIVE_REPORT', report: 'FINAL' }, draft))).toEqual([]);
    expect(paths(withEffect({ kind: 'ARCHIVE_REPORT', report: 'SERVICE' }, draft))).toEqual([
      'steps.2.effects.1.kind',
    ]);
  });

  it('of an approval have no field of their own to read', () => {
    const effects: EffectDefinition[] = [
      { kind: 'RESOLVE', field: 'Early' },
      { kind: 'GIVE_FEEDBACK', field: 'Early' },
    ];
    expect(paths(around(approval('ok', ['early'], { effects })))).toEqual(['steps.2.effects.1.field']);
  });
});
