import { describe, expect, it } from '@jest/globals';
import { PathTemplates } from './path-templates';

describe('PathTemplates', () => {
  const templates = new PathTemplates([
    '/users/{user_id}',
    '/users/@me',
    '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}',
    '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
  ]);

  it('prefers the literal path to a parameter', () => {
    expect(templates.match('/users/@me')).toEqual({ template: '/users/@me', parameters: {} });
    expect(templates.match('/users/123')).toEqual({
      template: '/users/{user_id}',
      parameters: { user_id: '123' },
    });
  });

  it('decodes what arrives percent-encoded', () => {
    expect(templates.match('/webhooks/1/token/messages/%40original')?.template).toBe(
      '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
    );
  });

  it('knows no other paths', () => {
    expect(templates.match('/users')).toBeUndefined();
    expect(templates.match('/users/')).toBeUndefined();
    expect(templates.match('/users/@me/guilds')).toBeUndefined();
  });
});
