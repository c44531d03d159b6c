import type { Texts } from './texts';

const servers = (count: number): string => (count === 1 ? '1 server' : `${count} servers`);
const areOrIs = (count: number): string => (count === 1 ? 'is' : 'are');

export const english: Texts = {
  ownName: 'English',
  skipToContent: 'Skip to the servers',
  statusOf: (guild) => `${guild}: server status`,
  states: {
    up: 'Up',
    suspect: 'Checking',
    down: 'Down',
    recovering: 'Coming back',
    flapping: 'Unstable',
    unknown: 'Not known',
    maintenance: 'Maintenance',
  },
  causes: {
    refused: 'It refuses connections.',
    'timed-out': 'It does not answer in time.',
    'name-not-found': 'Its name cannot be found.',
    unreachable: 'It cannot be reached over the network.',
    'closed-early': 'It closes the connection before it answers.',
    'protocol-error': 'Its answer cannot be understood.',
    'wrong-answer': 'It answers, but not as it should.',
    'too-large': 'Its answer is far too large.',
    'forbidden-address': 'Its address may not be asked.',
  },
  windows: { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' },
  headline: {
    noServers: 'No servers yet',
    allUp: (count) => (count === 1 ? 'The server is up' : `All ${count} servers are up`),
    allSeenUp: (up, all) => `${up} of ${servers(all)} ${areOrIs(up)} up, the rest is not seen`,
    someDown: (down, all) =>
      all === 1 ? 'The server is down' : `${down} of ${servers(all)} ${areOrIs(down)} down`,
    someTrouble: (count, all) =>
      all === 1
        ? 'The server has trouble'
        : `${count} of ${servers(all)} ${count === 1 ? 'has' : 'have'} trouble`,
    maintenance: (count) => `${servers(count)} ${areOrIs(count)} under maintenance`,
    unknown: 'We cannot see the servers at the moment',
  },
  checkedAt: 'Last check',
  stale: 'Our records cannot be reached at the moment. These figures are from',
  refreshes: 'This page keeps itself up to date.',
  offline:
    'This page cannot refresh itself at the moment. It shows what it saw last, and keeps trying.',
  noServersYet:
    'This community watches no public servers yet. Administrators add one in Discord with /server add.',
  servers: 'Servers',
  players: 'Players',
  playersOf: (players, most) => `${players} of ${most} players`,
  playersOnline: (players) => (players === '1' ? '1 player' : `${players} players`),
  latency: 'Latency',
  version: 'Version',
  milliseconds: (figure) => `${figure} ms`,
  since: 'since',
  uptime: 'Uptime',
  uptimeNone: 'no figures',
  coverage: 'Seen',
  seen: (share) => `${share} seen`,
  coverageMeans:
    'Uptime counts what we saw. “Seen” tells how much of the time that was: when we ourselves were away, a server is counted neither as up nor as down. Planned maintenance does not count either.',
  days: {
    up: (uptime) => `${uptime} up`,
    down: (uptime, down) => `${uptime} up, down for ${down}`,
    unknown: (unknown) => `not seen for ${unknown}`,
    maintenance: (maintenance) => `maintenance for ${maintenance}`,
    none: 'no figures',
    first: (count) => (count === 1 ? '1 day ago' : `${count} days ago`),
    today: 'Today',
    summary: (uptime, troubled) =>
      `Last 90 days: ${uptime} up. ${troubled === 0 ? 'No day with an outage.' : troubled === 1 ? '1 day with an outage' : `${troubled} days with outages`}`,
    troubled: (list, more) => `${list}${more > 0 ? ` and ${more} more` : ''}.`,
    legend: {
      up: 'up all day',
      partly: 'an outage',
      down: 'down most of the day',
      unknown: 'not seen',
      maintenance: 'maintenance',
    },
    legendTitle: 'Each bar is a day',
    zone: 'Days are those of UTC.',
  },
  incidents: {
    open: 'Happening now',
    past: 'Past incidents',
    none: 'No incidents so far.',
    noneOfServer: 'No incidents of this server so far.',
    older: 'Older incidents',
    newest: 'Newest incidents',
    titleDown: (names) => `Outage: ${names}`,
    moreServers: (count) => (count === 1 ? '1 more server' : `${count} more servers`),
    lasted: (duration) => `lasted ${duration}`,
    ongoing: (duration) => `for ${duration}`,
    unseen: (duration) => `of which we could not see ${duration}`,
    updates: {
      down: (server, cause) => `${server} is down. ${cause}`,
      cause: (server, cause) => `${server} is still down, now for another reason. ${cause}`,
      up: (server) => `${server} is up again.`,
      removed: (server) => `${server} is not watched any more.`,
      flapping: (server) => `${server} goes up and down.`,
      settled: (server) => `${server} is steady again.`,
      acknowledged: 'The team knows of it and is looking into it.',
      recovered: 'It is over: everything is up again.',
    },
  },
  maintenance: { title: 'Planned maintenance', now: 'now', untilWord: 'until' },
  charts: {
    title: 'Charts',
    range: 'Time shown',
    latency: 'Latency',
    latencyAlt: (server, range) =>
      `Chart of the latency of ${server} over ${range}. The figures can be downloaded below.`,
    players: 'Players',
    playersAlt: (server, range) =>
      `Chart of the players on ${server} over ${range}. The figures can be downloaded below.`,
    percentiles:
      'p50: half of the answers were faster. p95 and p99: all but 5 and all but 1 in 100 were faster.',
    nothing: 'There are no figures of this time yet.',
  },
  detail: {
    back: (guild) => `All servers of ${guild}`,
    daysTable: 'The 90 days as a table',
    day: 'Day',
    downtime: 'Down',
    notSeen: 'Not seen',
    download: 'Figures to take away',
    downloadHours: 'hour by hour, the last 7 days',
    downloadDays: 'day by day, the last 90 days',
    badge: 'Badges for your website',
    badgeState: 'State',
    badgeUptime: 'Uptime',
    badgeCode: 'Markdown',
  },
  feed: {
    description: (guild) => `Outages of the game servers of ${guild}`,
    over: (title) => `Over: ${title}`,
  },
  footer: { feed: 'RSS feed', data: 'JSON', language: 'Language' },
  notFound: {
    title: 'Nothing here',
    page: (slug) => `There is no status page by the name “${slug}”.`,
    server: (server, guild) => `${guild} shows no server by the name “${server}”.`,
    advice:
      'Please check the address for a slip, or ask the community for the link: in Discord, /servers shows it.',
  },
  unavailable: {
    title: 'One moment, please',
    advice:
      'Our records cannot be reached at the moment, and this page was not looked at recently enough to show older figures. Please try again in a minute.',
  },
};
