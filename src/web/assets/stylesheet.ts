/** The style sheet of the public pages: light and dark, from a telephone to a wide screen, no fonts to load. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --line: #dfe3e8; --text: #1c2330; --soft: #566072;
  --link: #1d57c4; --focus: #1d57c4;
  --up: #23985b; --partly: #c47f08; --down: #c8322b; --none: #8b95a5; --work: #3b74dd;
  --up-text: #14683e; --partly-text: #7d4e00; --down-text: #a5241e; --none-text: #4f5a6b; --work-text: #2452ab;
  --up-tint: #e5f4ec; --partly-tint: #fbf0dc; --down-tint: #fbe7e5; --none-tint: #eceff3; --work-tint: #e6eefc;
  --shadow: 0 1px 2px #1c23300f, 0 1px 6px #1c23300a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #1b1f26; --line: #2e343e; --text: #eceff4; --soft: #a6b0bf;
    --link: #8ab4ff; --focus: #8ab4ff;
    --up: #3fb877; --partly: #e2a336; --down: #f2685e; --none: #77828f; --work: #6f9ff2;
    --up-text: #6fdc9f; --partly-text: #f0bd62; --down-text: #ff938a; --none-text: #b4bdc9; --work-text: #9fc0fb;
    --up-tint: #16291f; --partly-tint: #2c2415; --down-tint: #331c1c; --none-tint: #23282f; --work-tint: #1a2538;
    --shadow: none;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 62rem; background: var(--page); color: var(--text);
  font: 400 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.015em; }
h2 { font-size: 1.125rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 600; }
ul, ol { list-style: none; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 3px; border-radius: 3px; }
main:focus { outline: none; }
time, dd, .now, td { font-variant-numeric: tabular-nums; }
.sr, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--card); border-radius: 6px; z-index: 1; }
[hidden] { display: none !important; }

.top h1 { margin-bottom: 1rem; }
.back { margin-bottom: .75rem; font-size: .9375rem; }
.back a::before { content: '← '; }
.headline {
  display: flex; align-items: center; gap: .8rem; padding: 1.1rem 1.25rem; border-radius: 12px;
  font-size: 1.25rem; font-weight: 600; line-height: 1.3;
  background: var(--tint); color: var(--strong); border: 1px solid var(--tone);
}
.checked { margin-top: .6rem; font-size: .875rem; color: var(--soft); }
.notice { margin-top: .75rem; padding: .75rem 1rem; border-radius: 8px; background: var(--partly-tint); color: var(--partly-text); }

/* One tone a state: of the headline, of pills, of their marks. Marks differ in form as well. */
.up, .suspect { --tone: var(--up); --tint: var(--up-tint); --strong: var(--up-text); }
.trouble, .recovering, .flapping { --tone: var(--partly); --tint: var(--partly-tint); --strong: var(--partly-text); }
.down { --tone: var(--down); --tint: var(--down-tint); --strong: var(--down-text); }
.unknown, .none { --tone: var(--none); --tint: var(--none-tint); --strong: var(--none-text); }
.maintenance { --tone: var(--work); --tint: var(--work-tint); --strong: var(--work-text); }
.mark { flex: none; width: .7em; height: .7em; background: var(--tone); border-radius: 50%; }
.suspect .mark { background: none; border: .16em solid var(--tone); }
.down .mark { border-radius: 1px; }
.trouble .mark, .recovering .mark, .flapping .mark { border-radius: 0; clip-path: polygon(50% 4%, 100% 96%, 0 96%); }
.unknown .mark, .none .mark { background: none; border: .16em dotted var(--tone); }
.maintenance .mark { border-radius: 1px; transform: rotate(45deg) scale(.85); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 1rem 1.25rem; }
.servers > li + li, .incidents > .card + .card, .planned > li + li, .chart + .chart { margin-top: .75rem; }
.servers > li { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; content-visibility: auto; contain-intrinsic-size: auto 9.5rem; }
.servers h3 a { color: inherit; text-decoration-color: var(--line); }
.servers h3 a:hover { text-decoration-color: currentColor; }
.servers .now, .bars, .ends { grid-column: 1 / -1; }
.pill { display: inline-flex; align-items: center; gap: .45em; justify-self: end; font-size: .875rem; font-weight: 600; color: var(--strong); white-space: nowrap; }
.now { min-height: 1.5em; font-size: .875rem; color: var(--soft); }
.now > span + span::before { content: '·'; margin: 0 .45em; }
.now::first-letter, .span::first-letter { text-transform: uppercase; }
.one .now, .about { margin-top: .3rem; }
.about { font-size: .875rem; color: var(--soft); }
.about q { quotes: '“' '”'; color: var(--text); margin-right: .4em; }
:lang(de) .about q { quotes: '„' '“'; }

/* A day is a bar: full and green, with a foot of the outage's colour, full and red; what is not known is short. */
.bars { display: flex; align-items: flex-end; gap: 2px; height: 2rem; margin: .6rem 0 .35rem; }
.bars i { flex: 1 1 0; min-width: 1px; height: 100%; border-radius: 2px; }
.bars i:hover { opacity: .7; }
i.u { background: var(--up); }
i.p { background: linear-gradient(var(--up) 52%, transparent 52% 60%, var(--partly) 60%); }
i.g { background: linear-gradient(var(--up) 62%, transparent 62% 70%, var(--none) 70%); }
i.w { background: linear-gradient(var(--up) 62%, transparent 62% 70%, var(--work) 70%); }
i.d { background: var(--down); }
.bars i.n { height: 28%; }
i.n { background: var(--none); }
i.m { background: repeating-linear-gradient(0deg, var(--work) 0 3px, transparent 3px 5px); }
.ends { display: grid; grid-template-columns: auto 1fr auto; align-items: baseline; gap: .25rem 1rem; font-size: .8125rem; color: var(--soft); }
.windows { display: flex; flex-wrap: wrap; justify-content: center; gap: .1rem 1.2rem; }
.windows div { display: flex; gap: .4em; align-items: baseline; }
.windows dd { font-weight: 600; color: var(--text); }
.windows small { font-weight: 400; font-size: .75rem; color: var(--soft); }
.legend { margin-top: 1rem; font-size: .8125rem; color: var(--soft); }
.legend ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .15rem 0 .5rem; }
.legend li { display: flex; align-items: center; gap: .5em; }
.legend i { width: 5px; height: 1.1em; border-radius: 2px; }
.legend i.n { height: .4em; }

.incident.open { box-shadow: inset 4px 0 0 var(--down); }
.span { font-size: .875rem; color: var(--soft); }
.updates { margin: .75rem 0 .15rem .3rem; border-left: 2px solid var(--line); }
.updates li { position: relative; padding: 0 0 .65rem 1.1rem; }
.updates li:last-child { padding-bottom: .1rem; }
.updates li::before { content: ''; position: absolute; left: -6px; top: .5em; width: 10px; height: 10px; border-radius: 50%; background: var(--none); border: 2px solid var(--card); }
.day .updates li::before { border-color: var(--page); }
.updates li.down::before, .updates li.cause::before { background: var(--down); border-radius: 2px; }
.updates li.up::before, .updates li.recovered::before, .updates li.settled::before { background: var(--up); }
.updates li.flapping::before { background: var(--partly); }
.updates li.acknowledged::before { background: var(--work); }
.updates time { font-size: .8125rem; color: var(--soft); }
.day { padding: .9rem 0; border-top: 1px solid var(--line); }
.day h3 { margin-bottom: .35rem; font-size: .9375rem; color: var(--soft); font-weight: 500; }
details summary { cursor: pointer; padding: .2rem 0; }
.day summary span { font-size: .875rem; color: var(--soft); }
.day summary strong { font-weight: 600; }
.pages { display: flex; gap: 1.5rem; padding-top: .5rem; font-size: .9375rem; }
.empty { color: var(--soft); }
.going { box-shadow: inset 4px 0 0 var(--work); }
.tag { display: inline-block; padding: 0 .5em; border-radius: 99px; background: var(--work-tint); color: var(--work-text); font-size: .8125rem; }

.ranges ul { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .75rem; }
.ranges a { display: block; padding: .25rem .8rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); color: var(--text); font-size: .875rem; text-decoration: none; }
.ranges a:hover { border-color: var(--soft); }
.ranges a[aria-current] { background: var(--text); border-color: var(--text); color: var(--page); }
.chart figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1.5rem; margin-bottom: .5rem; }
.chart img { display: block; width: 100%; height: auto; }
.percentiles { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; font-size: .875rem; }
.percentiles div { display: flex; gap: .4em; }
.percentiles dt { color: var(--soft); }
.percentiles dd { font-weight: 600; }
.small { margin-top: .4rem; font-size: .8125rem; color: var(--soft); }
.days, .badges { margin-top: 1rem; }
.days > summary, .badges > summary { font-weight: 600; }
.scroll { overflow: auto; max-height: 26rem; margin-top: .5rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { padding: .35rem .9rem; text-align: right; font-weight: 400; white-space: nowrap; }
th:first-child { text-align: left; }
thead th { position: sticky; top: 0; background: var(--card); box-shadow: inset 0 -1px var(--line); font-weight: 600; }
tbody tr + tr { border-top: 1px solid var(--line); }
.away li { padding: .2rem 0; }
.away a { margin-left: .4em; }
.away img { vertical-align: middle; }
code { font: .8125rem/1.5 ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; color: var(--soft); }

.alone { padding: 12vh 0; max-width: 36rem; }
.alone h1 { margin-bottom: .75rem; }
.alone p + p { margin-top: .5rem; }
.foot { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 2rem; margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .875rem; color: var(--soft); }
.foot p { display: flex; flex-wrap: wrap; gap: .25rem 1.2rem; }
.languages { display: flex; gap: 1.2rem; }
.languages [aria-current] { color: inherit; text-decoration: none; font-weight: 600; }

@media (max-width: 40rem) {
  body { padding: 1.25rem .9rem 2rem; }
  .card { padding: .85rem .9rem; }
  .bars { gap: 1px; }
  .bars i { border-radius: 1px; }
  .headline { font-size: 1.1rem; padding: .9rem 1rem; }
  .ends { grid-template-columns: 1fr auto; }
  .ends .windows { order: 3; grid-column: 1 / -1; display: grid; grid-template-columns: repeat(auto-fit, minmax(8.8rem, 1fr)); }
  .ends dt { white-space: nowrap; }
  .servers > li { contain-intrinsic-size: auto 11.5rem; }
}
@media print { .foot, .skip, .ranges { display: none; } body { max-width: none; } .card { box-shadow: none; break-inside: avoid; } }
@media (forced-colors: active) { .bars i, .legend i, .mark, .updates li::before { forced-color-adjust: none; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`.trimStart();
