import { describe, expect, it } from '@jest/globals';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { DiscordError, discordError, invalidForm, knownErrors } from './errors';

describe('discordError', () => {
  it('carries status, code and message, and a body without errors', () => {
    const error = discordError('unknownChannel');
    expect(error).toBeInstanceOf(DiscordError);
    expect(error.status).toBe(404);
    expect(error.body()).toEqual({ message: 'Unknown Channel', code: 10003 });
  });

  it('answers an HTTP failure with code 0 and the status in the message', () => {
    expect(discordError('unauthorized').body()).toEqual({ message: '401: Unauthorized', code: 0 });
  });

  it('names the wrong fields of an invalid form', () => {
    const problem = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
    const error = invalidForm({ name: { _errors: [problem] } });
    expect(error.status).toBe(400);
    expect(error.body()).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: { name: { _errors: [problem] } },
    });
  });

  it('knows only codes that Discord documents, each once', () => {
    const documented = new Set<unknown>(Object.values(RESTJSONErrorCodes));
    const codes = knownErrors()
      .map((known) => known.code)
      .filter((code) => code !== 0);
    expect(codes.filter((code) => !documented.has(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
