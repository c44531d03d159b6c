import type { Amount, Words } from './words';

const number = (value: number): string => new Intl.NumberFormat('de-DE').format(value);
const counted = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`;
const behind = (title: string): string => (title === '' ? '' : `: ${title}`);

const commits = ({ count, open }: Amount): string =>
  `${open ? 'mehr als ' : ''}${counted(count, 'Commit', 'Commits')}`;
const newCommits = ({ count, open }: Amount): string => {
  if (open && count === 0) return 'Neue Commits';
  const words = counted(count, 'neuer Commit', 'neue Commits');
  return open ? `Mehr als ${words}` : words;
};

const REF_ACTS = { created: 'angelegt', deleted: 'gelöscht' } as const;
const REQUEST_ACTS = {
  opened: 'eröffnet',
  merged: 'übernommen',
  closed: 'geschlossen',
  reopened: 'wieder eröffnet',
} as const;
const OUTCOMES = {
  succeeded: 'war erfolgreich',
  failed: 'ist fehlgeschlagen',
  cancelled: 'wurde abgebrochen',
  other: 'ist beendet',
} as const;

export const german: Words = {
  number,
  list: (names) =>
    names.length < 2
      ? names.join('')
      : `${names.slice(0, -1).join(', ')} und ${names.at(-1) ?? ''}`,
  others: (count) => (count === 1 ? 'einer weiteren Person' : `${number(count)} weiteren`),
  by: (names) => `von ${names}`,

  pushed(told, { ref, name, forced }) {
    if (told.count === 0 && !told.open) {
      const what = ref === 'tag' ? `Tag ${name}` : name;
      return forced ? `${what} wurde überschrieben (Force-Push)` : `${what} wurde aktualisiert`;
    }
    const where = ref === 'tag' ? `beim Tag ${name}` : `auf ${name}`;
    return `${newCommits(told)} ${where}${forced ? ' (Force-Push)' : ''}`;
  },
  refChanged: (ref, name, act) => `${ref === 'tag' ? 'Tag' : 'Branch'} ${name} ${REF_ACTS[act]}`,
  released: (title, prerelease) => `${prerelease ? 'Neue Vorabversion' : 'Neue Version'}: ${title}`,
  request: ({ pull, number: told, act, title }) =>
    `${pull ? `Pull-Request #${told}` : `Merge-Request !${told}`} ${REQUEST_ACTS[act]}${behind(title)}`,
  issue: (told, act, title) => `Issue #${told} ${REQUEST_ACTS[act]}${behind(title)}`,
  ran: (name, outcome, ref) => `${name}${ref} ${OUTCOMES[outcome]}`,
  run: 'Build',
  onRef: (ref, name) => (ref === 'tag' ? ` beim Tag ${name}` : ` auf ${name}`),
  stars: (place, count) => `${place} hat ${counted(count, 'Stern', 'Sterne')}`,
  streamed: (act, who, title) =>
    act === 'online' ? `${who} ist live${behind(title)}` : `${who} ist nicht mehr live`,
  theStream: 'Der Stream',
  video: 'Video',
  newPost: 'Neuer Beitrag',
  news: 'Neuigkeit',

  allNews: (count) => counted(count, 'Neuigkeit', 'Neuigkeiten'),
  pushes: (count) => counted(count, 'Push', 'Pushes'),
  commitsInPushes: (told, pushes) => `${commits(told)} in ${counted(pushes, 'Push', 'Pushes')}`,
  counts: {
    ref: (count) =>
      counted(count, 'Änderung an Branches und Tags', 'Änderungen an Branches und Tags'),
    release: (count) => counted(count, 'neue Version', 'neue Versionen'),
    'merge-request': (count) => counted(count, 'Merge-Request', 'Merge-Requests'),
    issue: (count) => counted(count, 'Issue', 'Issues'),
    run: (count) => counted(count, 'Build', 'Builds'),
    stars: (count) => counted(count, 'Sterne-Marke', 'Sterne-Marken'),
    video: (count) => counted(count, 'Video', 'Videos'),
    stream: (count) => counted(count, 'Stream-Meldung', 'Stream-Meldungen'),
    post: (count) => counted(count, 'Beitrag', 'Beiträge'),
  },

  moreCommits: ({ count, open }) =>
    open ? '… und weitere Commits' : `+${counted(count, 'weiterer Commit', 'weitere Commits')}`,
  moreNews: ({ count, open }) => (open ? '… und weitere' : `… und ${number(count)} weitere`),
  deleted: '(gelöscht)',
  deletedNote: 'Das wurde an der Quelle gelöscht.',
};
