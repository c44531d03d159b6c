/** Where people open tickets, and who looks after them: no cool-down, and limits that nobody meets. */
export const configuration = `
guilds:
  - guild: Kestrel Keep
    roles:
      admin: [Owner, Admin]
    teams:
      helpers:
        name: Helpers
        members: [Moderator]
        senior: seniors
      seniors:
        name: Seniors
        members: [Senior, Admin]
    categories:
      - id: support
        title: Support
        description: With a form
        team: helpers
        channels_under: Tickets
        form:
          - { id: subject, label: What is it about?, style: short }
          - { id: details, label: Tell us more, style: paragraph, required: false }
      - id: quick
        title: Quick question
        description: At once
        team: helpers
        channels_under: Tickets
      - id: final
        title: Final word
        description: Closed is closed
        team: seniors
        reopen_window: 0s
    reopen_window: 1d
    desk:
      log_channel: desk-log
    panels:
      - id: main
        title: How can we help?
        description: Pick what it is about.
        categories: [support, quick, final]
`;
