import type { Texts } from './texts';

const servers = (count: number): string => `${count} Server`;

export const german: Texts = {
  ownName: 'Deutsch',
  skipToContent: 'Direkt zu den Servern',
  statusOf: (guild) => `${guild}: Serverstatus`,
  states: {
    up: 'Läuft',
    suspect: 'Wird geprüft',
    down: 'Ausgefallen',
    recovering: 'Kommt zurück',
    flapping: 'Instabil',
    unknown: 'Unbekannt',
    maintenance: 'Wartung',
  },
  causes: {
    refused: 'Er lehnt Verbindungen ab.',
    'timed-out': 'Er antwortet nicht rechtzeitig.',
    'name-not-found': 'Sein Name ist nicht zu finden.',
    unreachable: 'Er ist über das Netz nicht zu erreichen.',
    'closed-early': 'Er schließt die Verbindung, bevor er antwortet.',
    'protocol-error': 'Seine Antwort ist nicht zu verstehen.',
    'wrong-answer': 'Er antwortet, aber nicht wie erwartet.',
    'too-large': 'Seine Antwort ist viel zu groß.',
    'forbidden-address': 'Seine Adresse darf nicht gefragt werden.',
  },
  windows: { '24h': '24 Stunden', '7d': '7 Tage', '30d': '30 Tage', '90d': '90 Tage' },
  headline: {
    noServers: 'Noch keine Server',
    allUp: (count) => (count === 1 ? 'Der Server läuft' : `Alle ${count} Server laufen`),
    allSeenUp: (up, all) =>
      `${up} von ${servers(all)}n ${up === 1 ? 'läuft' : 'laufen'}, den Rest sehen wir nicht`,
    someDown: (down, all) =>
      all === 1
        ? 'Der Server ist ausgefallen'
        : `${down} von ${servers(all)}n ${down === 1 ? 'ist' : 'sind'} ausgefallen`,
    someTrouble: (count, all) =>
      all === 1
        ? 'Der Server hat Probleme'
        : `${count} von ${servers(all)}n ${count === 1 ? 'hat' : 'haben'} Probleme`,
    maintenance: (count) => `${servers(count)} ${count === 1 ? 'wird' : 'werden'} gewartet`,
    unknown: 'Wir können die Server gerade nicht sehen',
  },
  checkedAt: 'Letzte Prüfung',
  stale: 'Unsere Aufzeichnungen sind gerade nicht erreichbar. Diese Zahlen sind von',
  refreshes: 'Diese Seite hält sich selbst aktuell.',
  offline:
    'Diese Seite kann sich gerade nicht auffrischen. Sie zeigt, was sie zuletzt gesehen hat, und versucht es weiter.',
  noServersYet:
    'Diese Community beobachtet noch keine öffentlichen Server. Wer sie verwaltet, fügt in Discord mit /server add einen hinzu.',
  servers: 'Server',
  players: 'Spieler',
  playersOf: (players, most) => `${players} von ${most} Spielern`,
  playersOnline: (players) => `${players} Spieler`,
  latency: 'Antwortzeit',
  version: 'Version',
  milliseconds: (figure) => `${figure} ms`,
  since: 'seit',
  uptime: 'Verfügbarkeit',
  uptimeNone: 'keine Angaben',
  coverage: 'Gesehen',
  seen: (share) => `${share} gesehen`,
  coverageMeans:
    'Die Verfügbarkeit zählt, was wir gesehen haben. „Gesehen“ sagt, wie viel der Zeit das war: Wenn wir selbst weg waren, zählt ein Server weder als laufend noch als ausgefallen. Auch geplante Wartung zählt nicht.',
  days: {
    up: (uptime) => `${uptime} verfügbar`,
    down: (uptime, down) => `${uptime} verfügbar, ${down} ausgefallen`,
    unknown: (unknown) => `${unknown} nicht gesehen`,
    maintenance: (maintenance) => `${maintenance} Wartung`,
    none: 'keine Angaben',
    first: (count) => (count === 1 ? 'vor 1 Tag' : `vor ${count} Tagen`),
    today: 'Heute',
    summary: (uptime, troubled) =>
      `Letzte 90 Tage: ${uptime} verfügbar. ${troubled === 0 ? 'Kein Tag mit Ausfall.' : troubled === 1 ? '1 Tag mit Ausfall' : `${troubled} Tage mit Ausfällen`}`,
    troubled: (list, more) => `${list}${more > 0 ? ` und ${more} weitere` : ''}.`,
    legend: {
      up: 'den ganzen Tag verfügbar',
      partly: 'ein Ausfall',
      down: 'den größten Teil des Tages ausgefallen',
      unknown: 'nicht gesehen',
      maintenance: 'Wartung',
    },
    legendTitle: 'Jeder Balken ist ein Tag',
    zone: 'Die Tage sind die von UTC.',
  },
  incidents: {
    open: 'Gerade jetzt',
    past: 'Frühere Ausfälle',
    none: 'Bisher keine Ausfälle.',
    noneOfServer: 'Bisher keine Ausfälle dieses Servers.',
    older: 'Ältere Ausfälle',
    newest: 'Neueste Ausfälle',
    titleDown: (names) => `Ausfall: ${names}`,
    moreServers: (count) => (count === 1 ? '1 weiterer Server' : `${count} weitere Server`),
    lasted: (duration) => `dauerte ${duration}`,
    ongoing: (duration) => `seit ${duration}`,
    unseen: (duration) => `davon ${duration} nicht gesehen`,
    updates: {
      down: (server, cause) => `${server} ist ausgefallen. ${cause}`,
      cause: (server, cause) =>
        `${server} ist weiter ausgefallen, nun aus einem anderen Grund. ${cause}`,
      up: (server) => `${server} läuft wieder.`,
      removed: (server) => `${server} wird nicht mehr beobachtet.`,
      flapping: (server) => `${server} fällt immer wieder aus.`,
      settled: (server) => `${server} läuft wieder stabil.`,
      acknowledged: 'Das Team weiß davon und kümmert sich darum.',
      recovered: 'Es ist vorbei: Alles läuft wieder.',
    },
  },
  maintenance: { title: 'Geplante Wartung', now: 'jetzt', untilWord: 'bis' },
  charts: {
    title: 'Verlauf',
    range: 'Gezeigte Zeit',
    latency: 'Antwortzeit',
    latencyAlt: (server, range) =>
      `Verlauf der Antwortzeit von ${server} über ${range}. Die Zahlen lassen sich unten herunterladen.`,
    players: 'Spieler',
    playersAlt: (server, range) =>
      `Verlauf der Spielerzahl von ${server} über ${range}. Die Zahlen lassen sich unten herunterladen.`,
    percentiles:
      'p50: Die Hälfte der Antworten war schneller. p95 und p99: Alle bis auf 5 und alle bis auf 1 von 100 waren schneller.',
    nothing: 'Aus dieser Zeit gibt es noch keine Zahlen.',
  },
  detail: {
    back: (guild) => `Alle Server von ${guild}`,
    daysTable: 'Die 90 Tage als Tabelle',
    day: 'Tag',
    downtime: 'Ausgefallen',
    notSeen: 'Nicht gesehen',
    download: 'Zahlen zum Mitnehmen',
    downloadHours: 'Stunde für Stunde, die letzten 7 Tage',
    downloadDays: 'Tag für Tag, die letzten 90 Tage',
    badge: 'Abzeichen für eigene Webseiten',
    badgeState: 'Zustand',
    badgeUptime: 'Verfügbarkeit',
    badgeCode: 'Markdown',
  },
  feed: {
    description: (guild) => `Ausfälle der Spielserver von ${guild}`,
    over: (title) => `Vorbei: ${title}`,
  },
  footer: { feed: 'RSS-Feed', data: 'JSON', language: 'Sprache' },
  notFound: {
    title: 'Hier ist nichts',
    page: (slug) => `Es gibt keine Statusseite mit dem Namen „${slug}“.`,
    server: (server, guild) => `${guild} zeigt keinen Server mit dem Namen „${server}“.`,
    advice:
      'Bitte prüfe die Adresse auf Tippfehler, oder frag die Community nach dem Link: In Discord zeigt ihn /servers.',
  },
  unavailable: {
    title: 'Einen Moment, bitte',
    advice:
      'Unsere Aufzeichnungen sind gerade nicht erreichbar, und diese Seite wurde zu lange nicht angesehen, um ältere Zahlen zu zeigen. Bitte versuch es in einer Minute wieder.',
  },
};
