import type { Amount, Words } from './words';

const number = (value: number): string => new Intl.NumberFormat('en-GB').format(value);
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
const commits = ({ count, open }: Amount): string =>
  `${open ? 'more than ' : ''}${counted(count, 'commit')}`;
const newCommits = ({ count, open }: Amount): string => {
  if (open && count === 0) return 'New commits';
  return `${open ? 'More than ' : ''}${counted(count, 'new commit')}`;
};
const behind = (title: string): string => (title === '' ? '' : `: ${title}`);

const OUTCOMES = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  other: 'ended',
} as const;

export const english: Words = {
  number,
  list: (names) =>
    names.length < 2
      ? names.join('')
      : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`,
  others: (count) => counted(count, 'other'),
  by: (names) => `by ${names}`,

  pushed(told, { ref, name, forced }) {
    if (told.count === 0 && !told.open) {
      return `${ref === 'tag' ? 'Tag ' : ''}${name} was ${forced ? 'force-pushed' : 'updated'}`;
    }
    const where = ref === 'tag' ? `at tag ${name}` : `on ${name}`;
    return `${newCommits(told)} ${where}${forced ? ' (force-pushed)' : ''}`;
  },
  refChanged: (ref, name, act) => `${ref === 'tag' ? 'Tag' : 'Branch'} ${name} ${act}`,
  released: (title, prerelease) => `${prerelease ? 'New pre-release' : 'New release'}: ${title}`,
  request: ({ pull, number: told, act, title }) =>
    `${pull ? `Pull request #${told}` : `Merge request !${told}`} ${act}${behind(title)}`,
  issue: (told, act, title) => `Issue #${told} ${act}${behind(title)}`,
  ran: (name, outcome, ref) => `${name}${ref} ${OUTCOMES[outcome]}`,
  run: 'Build',
  onRef: (ref, name) => (ref === 'tag' ? ` at tag ${name}` : ` on ${name}`),
  stars: (place, count) => `${place} has ${counted(count, 'star')}`,
  streamed: (act, who, title) =>
    act === 'online' ? `${who} is live${behind(title)}` : `${who} is no longer live`,
  theStream: 'The stream',
  video: 'Video',
  newPost: 'New post',
  news: 'News',

  allNews: (count) => counted(count, 'piece of news', 'pieces of news'),
  pushes: (count) => counted(count, 'push', 'pushes'),
  commitsInPushes: (told, pushes) => `${commits(told)} in ${counted(pushes, 'push', 'pushes')}`,
  counts: {
    ref: (count) => counted(count, 'change of branches and tags', 'changes of branches and tags'),
    release: (count) => counted(count, 'release'),
    'merge-request': (count) => counted(count, 'merge request'),
    issue: (count) => counted(count, 'issue'),
    run: (count) => counted(count, 'build'),
    stars: (count) => counted(count, 'star milestone'),
    video: (count) => counted(count, 'video'),
    stream: (count) => counted(count, 'stream notice'),
    post: (count) => counted(count, 'post'),
  },

  moreCommits: ({ count, open }) =>
    open ? '… and more commits' : `+${counted(count, 'more commit')}`,
  moreNews: ({ count, open }) => (open ? '… and more' : `… and ${number(count)} more`),
  deleted: '(deleted)',
  deletedNote: 'This was deleted where it came from.',
};
