/**
 * What keeps an open page up to date, and shows its times in the reader's own zone. It asks for the page it
 * is on (a 304 while nothing has changed), and puts in what is new: the page has one renderer, and needs
 * no script to be read. Why so: docs/adr/0008.
 */
export const LIVE_SCRIPT = `'use strict';
(() => {
  const EVERY_MS = 30000;
  const LONGEST_MS = 300000;

  const language = document.documentElement.dataset.locale;
  const formats = {
    date: new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    time: new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  };
  const inOwnZone = (root) => {
    for (const time of root.querySelectorAll('time[data-as]')) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = time.textContent;
      time.textContent = formats[time.dataset.as].format(at);
    }
  };

  /** The parts that may change by themselves: whole sections, and the items of lists. */
  const partsOf = (root) => [...root.querySelectorAll('[data-part], [data-items] > *')].filter((part) => part.id);
  /** Each as the server wrote it, to see what is new. */
  let known = new Map(partsOf(document).map((part) => [part.id, part.outerHTML]));

  const replace = (old, next) => {
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    for (const opened of old.querySelectorAll('details[open]')) {
      const same = opened.id && next.querySelector('#' + CSS.escape(opened.id));
      if (same) same.open = true;
    }
    inOwnZone(next);
    old.replaceWith(next);
    if (focused !== null) next.querySelector('a[href="' + CSS.escape(focused) + '"]')?.focus();
  };

  const renew = (text) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const parts = partsOf(next);
    const ids = (root) => [...root.querySelectorAll('[data-items] > *')].map(({ id }) => id).join(' ');
    if (ids(document) !== ids(next)) return location.reload();
    const fresh = new Map(parts.map((part) => [part.id, part.outerHTML]));
    for (const part of parts) {
      const old = document.getElementById(part.id);
      if (old && known.get(part.id) !== fresh.get(part.id)) replace(old, document.adoptNode(part));
    }
    known = fresh;
    const [headline, now] = [document, next].map((root) => root.getElementById('headline'));
    if (headline && now && headline.outerHTML !== now.outerHTML) {
      headline.className = now.className;
      headline.innerHTML = now.innerHTML;
    }
    document.title = next.title;
  };

  let tag = null;
  let failures = 0;
  let timer;
  let lookedAt = Date.now();
  const plan = () => {
    clearTimeout(timer);
    const wait = Math.min(LONGEST_MS, EVERY_MS * 2 ** failures);
    // Visitors who came together do not ask together for ever.
    if (!document.hidden) timer = setTimeout(look, wait * (0.9 + Math.random() * 0.2));
  };
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: 'no-cache', credentials: 'omit', signal: AbortSignal.timeout(15000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const newTag = answer.headers.get('ETag');
      if (newTag !== tag || newTag === null) renew(await answer.text());
      tag = newTag;
      failures = 0;
    } catch {
      failures += 1;
    }
    lookedAt = Date.now();
    document.getElementById('offline').hidden = failures < 2;
    plan();
  };

  inOwnZone(document);
  for (const note of document.querySelectorAll('.live')) note.hidden = false;
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - lookedAt > EVERY_MS) void look();
    else plan();
  });
  addEventListener('online', () => void look());
  plan();
})();
`;
