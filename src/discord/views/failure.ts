/** Why a channel could not be made: Discord's error codes and ours, with who can mend it and how. */
interface FailureWords {
  /** For the person who asked. */
  readonly person: string;
  /** For the staff, who can mend it. */
  readonly staff: string;
}

const NO_RIGHTS: FailureWords = {
  person:
    'I lack the rights to make its channel. The administrators have been told what to change; please try again later.',
  staff:
    'I may not do that here. Give my role View Channels, Send Messages, Manage Channels, Manage Roles and Read Message History in the category of the ticket channels.',
};

const FAILURES: Readonly<Record<string, FailureWords>> = {
  '50001': NO_RIGHTS,
  '50013': NO_RIGHTS,
  '30013': {
    person:
      'this server has no room for another channel. The administrators have been told; please try again later.',
    staff:
      'The server has reached the 500 channels that Discord allows. Delete channels that nobody needs.',
  },
  'parent-full': {
    person:
      'there is no room for another ticket right now. The team has been told; please try again later.',
    staff:
      'The Discord category of the ticket channels has reached 50 channels. Close tickets, or configure another Discord category.',
  },
  'parent-gone': {
    person:
      'the place for its channel is gone. The administrators have been told; please try again later.',
    staff:
      'The Discord category in which ticket channels are made does not exist any more. Configure another one.',
  },
  'category-gone': {
    person:
      'this kind of ticket is not offered any more. Use `/ticket open` and choose another one.',
    staff:
      'The ticket category was removed from the configuration while somebody opened a ticket in it.',
  },
};

const UNKNOWN: FailureWords = {
  person:
    'something went wrong on our side. Please try again in a few minutes; if it fails again, tell the team the reference.',
  staff: 'Discord refused it; the log has the details.',
};

/** What the person is told, beginning in the middle of a sentence. */
export function failureForPerson(code: string): string {
  return (FAILURES[code] ?? UNKNOWN).person;
}

/** What the staff can do about it, as a sentence. */
export function failureForStaff(code: string): string {
  return (FAILURES[code] ?? UNKNOWN).staff;
}
