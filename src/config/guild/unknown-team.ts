import { listed, quoted } from './problem';

/** What is said of a team's id that no team has. */
export function unknownTeam(id: string, teams: readonly string[]): string {
  const known = teams.length === 0 ? 'no teams are written here' : `teams are ${listed(teams)}`;
  return `no team ${quoted(id)}; ${known}`;
}
