import { checkAnnouncements } from './announcement-references';
import { keysOf, listOf, textOf, timeOf, uniqueIds } from './as-written';
import { checkMirrors } from './mirror-references';
import type { Finding, Path } from './problem';
import { listed, quoted } from './problem';
import { checkGames, checkRegistration } from './registration-references';
import { checkServers, checkSlugs, checkWatching } from './server-references';
import { unknownTeam } from './unknown-team';

/**
 * What the values of a configuration must be like together. It reads the data as it was written, so
 * that its findings come along with the schema's and not after those were mended; what has the wrong
 * form is the schema's to say and is passed over here.
 */

function checkTeams(teams: Readonly<Record<string, unknown>>, path: Path): Finding[] {
  const ids = Object.keys(teams);
  const seniorOf = new Map(ids.map((id) => [id, textOf(keysOf(teams[id])['senior'])]));
  const inKnownCircle = new Set<string>();
  return ids.flatMap((id) => {
    const senior = seniorOf.get(id);
    const place = [...path, id, 'senior'];
    if (senior === undefined) return [];
    if (!seniorOf.has(senior)) return [{ path: place, message: unknownTeam(senior, ids) }];
    const chain = [id];
    let next: string | undefined = senior;
    while (next !== undefined && !chain.includes(next)) {
      chain.push(next);
      next = seniorOf.get(next);
    }
    // Teams that only lead into a circle are not the fault; the circle is told once.
    if (next !== id || inKnownCircle.has(id)) return [];
    chain.forEach((member) => inKnownCircle.add(member));
    const circle = listed([...chain, id]).replaceAll(', ', ' → ');
    return [{ path: place, message: `seniors go in a circle: ${circle}` }];
  });
}

function checkInactivity(value: unknown, path: Path): Finding[] {
  const { warn_after: warn, close_after: close } = keysOf(value);
  const [warnTime, closeTime] = [timeOf(warn), timeOf(close)];
  if (warnTime === undefined || closeTime === undefined || warnTime < closeTime) return [];
  return [
    {
      path: [...path, 'warn_after'],
      message: `must be shorter than close_after (${textOf(close) ?? ''}), or nobody is warned`,
    },
  ];
}

/** A category's limit counts besides the guild's; a looser one would never be reached. */
function checkLimits(own: unknown, guilds: unknown, path: Path): Finding[] {
  const [mine, all] = [keysOf(own), keysOf(guilds)];
  const findings = ['most_open', 'most_per_day'].flatMap((key) => {
    const [value, most] = [mine[key], all[key]];
    if (typeof value !== 'number' || typeof most !== 'number' || value <= most) return [];
    return [
      { path: [...path, key], message: `can never be reached: the guild's limit is ${most}` },
    ];
  });
  const [cooldown, least] = [timeOf(mine['cooldown']), timeOf(all['cooldown'])];
  if (cooldown === undefined || least === undefined || cooldown >= least) return findings;
  const message = `has no effect: the guild's cooldown is longer (${textOf(all['cooldown']) ?? ''})`;
  return [...findings, { path: [...path, 'cooldown'], message }];
}

function checkForm(form: unknown, path: Path): Finding[] {
  const lengths = listOf(form).flatMap((field, index) => {
    const { min_length: least, max_length: most } = keysOf(field);
    if (typeof least !== 'number' || typeof most !== 'number' || least <= most) return [];
    const message = `must be at most max_length (${most}), not ${least}`;
    return [{ path: [...path, index, 'min_length'], message }];
  });
  return [...uniqueIds(form, path), ...lengths];
}

function checkPanel(panel: unknown, categories: readonly string[], path: Path): Finding[] {
  const seen = new Set<string>();
  return listOf(keysOf(panel)['categories']).flatMap((entry, index) => {
    const id = textOf(entry);
    if (id === undefined) return [];
    const place = [...path, 'categories', index];
    if (!categories.includes(id)) {
      const known =
        categories.length === 0
          ? 'no categories are written here'
          : `categories are ${listed(categories)}`;
      return [{ path: place, message: `no category ${quoted(id)}; ${known}` }];
    }
    if (seen.has(id)) return [{ path: place, message: `${quoted(id)} is already on this panel` }];
    seen.add(id);
    return [];
  });
}

function checkGuild(guild: unknown, path: Path): Finding[] {
  const { teams, categories, limits, inactivity, panels, servers, watching, announcements } =
    keysOf(guild);
  const teamIds = Object.keys(keysOf(teams));
  const categoryIds = listOf(categories).flatMap((entry) => textOf(keysOf(entry)['id']) ?? []);
  return [
    ...checkTeams(keysOf(teams), [...path, 'teams']),
    ...uniqueIds(categories, [...path, 'categories']),
    ...listOf(categories).flatMap((entry, index) => {
      const category = keysOf(entry);
      const place = [...path, 'categories', index];
      const team = textOf(category['team']);
      return [
        ...(team === undefined || teamIds.includes(team)
          ? []
          : [{ path: [...place, 'team'], message: unknownTeam(team, teamIds) }]),
        ...checkForm(category['form'], [...place, 'form']),
        ...checkLimits(category['limits'], limits, [...place, 'limits']),
        ...checkInactivity(category['inactivity'], [...place, 'inactivity']),
      ];
    }),
    ...checkInactivity(inactivity, [...path, 'inactivity']),
    ...uniqueIds(panels, [...path, 'panels']),
    ...listOf(panels).flatMap((panel, index) =>
      checkPanel(panel, categoryIds, [...path, 'panels', index]),
    ),
    ...checkServers(servers, [...path, 'servers']),
    ...checkWatching(watching, keysOf(guild), [...path, 'watching']),
    ...checkGames(keysOf(guild), path),
    ...checkRegistration(keysOf(guild), path),
    ...checkMirrors(keysOf(guild)['mirrors'], [...path, 'mirrors']),
    ...checkAnnouncements(announcements, [...path, 'announcements']),
  ];
}

/** Findings about a whole file. In: what the YAML says, of any form. Never throws. */
export function checkReferences(file: unknown): Finding[] {
  const { guilds } = keysOf(file);
  return [
    ...uniqueIds(guilds, ['guilds'], 'guild'),
    ...listOf(guilds).flatMap((guild, index) => checkGuild(guild, ['guilds', index])),
    ...checkSlugs(guilds),
  ];
}
