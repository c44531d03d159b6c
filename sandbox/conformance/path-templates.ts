/** A request's path as the description names it. */
export interface TemplateMatch {
  /** For example `/channels/{channel_id}/messages`. */
  readonly template: string;
  /** The values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the template that a path belongs to. Where several fit, the one with the fewest parameters
 * counts: `/users/@me` is not a user's id.
 */
export class PathTemplates {
  private readonly byLength = new Map<number, string[][]>();

  constructor(templates: Iterable<string>) {
    for (const template of templates) {
      const segments = template.split('/').slice(1);
      const same = this.byLength.get(segments.length) ?? [];
      same.push(segments);
      this.byLength.set(segments.length, same);
    }
    const parameters = (segments: string[]): number =>
      segments.filter((segment) => segment.startsWith('{')).length;
    for (const same of this.byLength.values()) same.sort((a, b) => parameters(a) - parameters(b));
  }

  /** @param path begins with `/`, without a version and without a query */
  match(path: string): TemplateMatch | undefined {
    const given = path.split('/').slice(1).map(decodeURIComponent);
    for (const segments of this.byLength.get(given.length) ?? []) {
      const parameters: Record<string, string> = {};
      const fits = segments.every((segment, index) => {
        const value = given[index] ?? '';
        if (!segment.startsWith('{')) return segment === value;
        parameters[segment.slice(1, -1)] = value;
        return value !== '';
      });
      if (fits) return { template: `/${segments.join('/')}`, parameters };
    }
    return undefined;
  }
}
