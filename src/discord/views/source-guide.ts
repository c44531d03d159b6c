import type { Authentication, Mapping, Origin } from '../../domain/announcements/settings';
import { inline } from '../../domain/text';
import { literal } from './source-words';

/**
 * What an administrator enters where, so that a service sends its news: as its pages call things. Address and
 * secret stand above.
 *
 * @returns the steps in order; none where nothing is to be entered anywhere
 */
export function setUpSteps(origin: Origin): readonly string[] {
  switch (origin.provider) {
    case 'github':
      return [
        'Open the repository, or the organisation: **Settings → Webhooks → Add webhook**.',
        '**Payload URL**: the address. **Content type**: `application/json`. **Secret**: the secret.',
        '**Let me select individual events**: Pushes, Releases, Pull requests, Issues, Workflow runs, Stars, or those of them that you want. Then **Add webhook**.',
      ];
    case 'gitlab':
      return [
        'Open the project, or the group: **Settings → Webhooks → Add new webhook**.',
        '**URL**: the address. **Secret token**: the secret.',
        '**Trigger**: Push events, Tag push events, Releases events, Merge request events, Pipeline events, or those of them that you want. Then **Add webhook**.',
      ];
    case 'bitbucket':
      return [
        'Open the repository: **Repository settings → Webhooks → Add webhook**.',
        '**URL**: the address. **Secret**: the secret.',
        '**Triggers → Choose from a full list of triggers**: Push, Build status created and updated, Pull request created, updated, merged and declined, or those of them that you want. Then **Save**.',
      ];
    case 'twitch':
      return [
        'Ask Twitch’s API for a subscription (`POST https://api.twitch.tv/helix/eventsub/subscriptions`) with the types that you want: `stream.online`, `stream.offline` and others.',
        '**transport**: `method` is `webhook`, `callback` is the address, `secret` is the secret.',
        'Twitch asks the address whether it wants this; I answer by myself.',
      ];
    case 'zapier':
      return [
        'In your Zap, add the action **Webhooks by Zapier → POST**.',
        '**URL**: the address. **Payload Type**: `json`. **Headers**: `x-castellan-token`, and beside it the secret.',
        ZAPIER_DATA[origin.mapping],
      ];
    case 'generic':
      return [
        'Send the news as JSON with `POST` to the address, with `Content-Type: application/json`.',
        authenticationStep(origin.authentication),
        mappingStep(origin.mapping),
      ];
    case 'youtube':
    case 'feed':
      return [];
  }
}

const ZAPIER_DATA: Readonly<Record<Extract<Origin, { provider: 'zapier' }>['mapping'], string>> = {
  plain:
    '**Data**: `title`, `text`, `url`, `author`, `image` and `id`, each beside the field of your trigger that fits; all but one of the first three may be left out.',
  youtube: '**Data**: leave it empty, so that all fields of the YouTube trigger are sent.',
  twitter:
    '**Data**: leave it empty, so that all fields of the trigger are sent, or name them as Twitter does: `full_text`, `id_str`, `user__screen_name`.',
};

function authenticationStep(authentication: Authentication): string {
  switch (authentication.kind) {
    case 'bearer':
      return authentication.header === null
        ? 'Send the secret as `Authorization: Bearer …`.'
        : `Send the secret in the header ${literal(authentication.header)}.`;
    case 'standard-webhooks':
      return 'Sign each request as [Standard Webhooks](https://www.standardwebhooks.com) says; its libraries take the secret as it is.';
    case 'hmac': {
      const { header, algorithm, encoding, prefix } = authentication;
      const before = prefix === '' ? '' : `, with ${literal(prefix)} before it`;
      const form = encoding === 'hex' ? 'in hexadecimal' : 'in base64';
      return `Sign each request: the HMAC-${algorithm.toUpperCase()} of the body, keyed with the secret, goes ${form} into the header ${literal(header)}${before}.`;
    }
  }
}

const MAPPED = ['title', 'text', 'url', 'author', 'image', 'id'] as const;

function mappingStep(mapping: Mapping): string {
  const parts = MAPPED.flatMap((key) => {
    const path = mapping[key];
    return path === undefined ? [] : [`${key} from ${inline(path, { max: 60, empty: '…' })}`];
  });
  const where =
    mapping.items === undefined
      ? ''
      : ` of each entry of ${inline(mapping.items, { max: 60, empty: '…' })}`;
  return `What is read${where}: ${parts.join(', ')}.`;
}
