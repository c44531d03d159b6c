import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { variables } from '../../src/config/variables';

/** What the pages for people promise about files, names and commands is true. */
const ROOT = path.resolve(__dirname, '..', '..');
const FOLDERS_WITH_PAGES = [
  '.',
  'docs',
  'docs/adr',
  'sandbox',
  'sandbox/conformance',
  'deploy',
  'plugins/minecraft',
];

const pages = FOLDERS_WITH_PAGES.flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);
const readme = textOf('README.md');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')));

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** A page's text without its blocks of code. */
function prose(page: string): string {
  return textOf(page).replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
}

/** The addresses of a page's headings, as GitHub makes them. */
function anchors(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The links of a page that lead to something in this repository. */
function links(page: string): string[] {
  return [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function isBroken(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return true;
  return anchor !== undefined && !anchors(target).includes(anchor);
}

describe('the documentation', () => {
  it.each(pages)('%s links to what is there', (page) => {
    expect(links(page).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it('has every page of docs/ in its index', () => {
    const index = links('docs/README.md');
    const wanted = pages
      .filter((page) => path.dirname(page) === 'docs' && page !== 'docs/README.md')
      .map((page) => path.basename(page));
    expect(index).toEqual(expect.arrayContaining(wanted));
  });

  it.each(pages)('%s names only commands of npm that are there', (page) => {
    const named = [...textOf(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name);
    expect(named.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  });
});

describe('README.md', () => {
  /** The first column of the table of variables. */
  const named = [...(/^## Variables$([\s\S]*?)^## /m.exec(readme)?.[1] ?? '').matchAll(/^\|.*$/gm)]
    .map(([row]) => row.split('|')[1] ?? '')
    .flatMap((cell) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));

  it('explains every variable of the schema, and no other, as .env.example does', () => {
    const known = [...Object.keys(variables), 'TEMPORAL_TEST_SERVER_PATH'];
    expect([...named].sort()).toEqual(known.sort());
    const examples = [...textOf('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(
      ([, name]) => name,
    );
    expect(examples).toEqual(expect.arrayContaining(named));
  });

  it('mentions every command of npm that package.json has', () => {
    const mentioned = Object.keys(scripts).filter((name) =>
      new RegExp(`npm (run )?${name}\\b|\`${name}\``).test(readme),
    );
    // Contributors read of it in their own page.
    expect(mentioned).toEqual(Object.keys(scripts).filter((name) => name !== 'set-up'));
  });
});
