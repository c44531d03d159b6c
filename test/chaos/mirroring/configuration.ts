import { DEMO } from '../../../sandbox';

/** What is copied, and where to. */
export const ORIGINALS = DEMO.channels.general;
export const COPIES = DEMO.channels.welcome;
export const MIRROR = 'chaos';

/** One mirror; edits are followed for longer than any run takes. */
export const mirroringConfiguration = `
guilds:
  - guild: Kestrel Keep
    roles:
      admin: [Owner, Admin]
    teams:
      helpers:
        name: Helpers
        members: [Moderator]
    categories:
      - id: support
        title: Support
        description: Questions
        team: helpers
    desk:
      log_channel: desk-log
    mirrors:
      - id: ${MIRROR}
        from: general
        to: welcome
        edit_window: 1d
`;
