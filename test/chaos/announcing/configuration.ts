import { DEMO } from '../../../sandbox';
import { configuration } from '../castle/configuration';

/** So many sources, that none of them delivers more than it may. */
export const SOURCES = ['gate', 'keep', 'moat', 'tower', 'wall', 'yard', 'well', 'hall'] as const;
export type SourceId = (typeof SOURCES)[number];

/** Where each source's news go: two channels, so that posts of several sources stand beside each other. */
export const CHANNELS: readonly string[] = [DEMO.channels.general, DEMO.channels.support];

const source = (id: string, index: number): string => `
        - id: ${id}
          provider: github
          secret_env: WEBHOOK_SECRET
          routes:
            - channel: '${CHANNELS[index % CHANNELS.length] ?? ''}'`;

/** The desk of tickets as in the other runs; every push of every source is a post of its own, at once. */
export const announcingConfiguration = `${configuration}    announcements:
      sources:${SOURCES.map(source).join('')}
`;
