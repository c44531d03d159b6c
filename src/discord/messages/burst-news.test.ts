import { describe, expect, it } from '@jest/globals';
import { exampleConfiguration } from '../../../test/e2e/bot-stage/example-configuration';
import { newsOf, type SeenMessage } from './burst-news';

const CASE = { caseId: 'ticket-1', openerId: 'opener', staffTeams: ['seniors'] };
const message = (authorId: string, at: number, roles: string[] = []): SeenMessage => ({
  guildId: 'guild',
  authorId,
  roles,
  at,
});

describe('the news of a burst', () => {
  it('names when somebody last wrote and who of the staff first did', () => {
    const messages = [
      message('opener', 3),
      message('sol', 5, ['role-senior']),
      message('ada', 4, ['role-admin']),
    ];
    expect(newsOf(messages, CASE, exampleConfiguration())).toEqual({
      lastAt: 5,
      staff: { userId: 'ada', at: 4 },
    });
  });

  it('does not take the opener for staff, nor a team below the handling one', () => {
    const messages = [
      message('opener', 1, ['role-senior', 'role-admin']),
      message('mira', 2, ['role-helper']),
      message('passer-by', 3),
    ];
    expect(newsOf(messages, CASE, exampleConfiguration())).toEqual({ lastAt: 3, staff: null });
  });
});
