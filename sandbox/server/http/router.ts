/** The parameters of a matched path, by their names in the route. */
export type Parameters = Record<string, string>;

interface Node<Target> {
  fixed: Map<string, Node<Target>>;
  parameter: { name: string; node: Node<Target> } | null;
  targets: Map<string, Target>;
}

export type Match<Target> =
  | { kind: 'found'; target: Target; parameters: Parameters }
  | { kind: 'wrongMethod' }
  | { kind: 'unknown' };

/** Finds what serves a method and path, segment by segment; fixed segments win over parameters. */
export class Router<Target> {
  private readonly root: Node<Target> = emptyNode();

  /** @param route such as `/channels/:channelId/messages` */
  add(method: string, route: string, target: Target): void {
    let node = this.root;
    for (const segment of route.split('/').slice(1)) {
      if (segment.startsWith(':')) {
        node.parameter ??= { name: segment.slice(1), node: emptyNode() };
        if (node.parameter.name !== segment.slice(1)) {
          throw new Error(`${route}: this parameter is called :${node.parameter.name} elsewhere`);
        }
        node = node.parameter.node;
      } else {
        let next = node.fixed.get(segment);
        if (next === undefined) {
          next = emptyNode();
          node.fixed.set(segment, next);
        }
        node = next;
      }
    }
    node.targets.set(method, target);
  }

  /** @param path without the query; segments may be percent-encoded */
  find(method: string, path: string): Match<Target> {
    const segments = path.split('/');
    const parameters: Parameters = {};
    const serves = (node: Node<Target>): boolean => node.targets.has(method);
    const target = this.walk(this.root, segments, 1, parameters, serves)?.targets.get(method);
    if (target !== undefined) return { kind: 'found', target, parameters };
    const exists = (node: Node<Target>): boolean => node.targets.size > 0;
    const other = this.walk(this.root, segments, 1, {}, exists);
    return { kind: other === undefined ? 'unknown' : 'wrongMethod' };
  }

  /** A fixed segment that lacks the method gives way: DELETE …/@me may be served by …/:userId. */
  private walk(
    node: Node<Target>,
    segments: string[],
    index: number,
    parameters: Parameters,
    wanted: (node: Node<Target>) => boolean,
  ): Node<Target> | undefined {
    const raw = segments[index];
    if (raw === undefined) return wanted(node) ? node : undefined;
    const segment = raw.includes('%') ? decode(raw) : raw;
    const fixed = node.fixed.get(segment);
    if (fixed !== undefined) {
      const found = this.walk(fixed, segments, index + 1, parameters, wanted);
      if (found !== undefined) return found;
    }
    if (node.parameter === null || segment === '') return undefined;
    const found = this.walk(node.parameter.node, segments, index + 1, parameters, wanted);
    if (found !== undefined) parameters[node.parameter.name] = segment;
    return found;
  }
}

function emptyNode<Target>(): Node<Target> {
  return { fixed: new Map(), parameter: null, targets: new Map() };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
