import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, keptFolder } from '../../../bench/watch/user-cache';
import { unavailable, type Provided } from '../probes/provide';
import { oneAtATime } from './one-at-a-time';

export const PLUGIN = path.join(__dirname, '../../../plugins/minecraft');

/** The modules that are built everywhere: all that they need is in Maven Central. */
const MODULES = ['core', 'bungeecord'];
const OLDEST_JAVA = 17;

/** Downloading what Maven needs takes most of it, once a user. */
const PATIENCE_MS = 300_000;

/** The plugin's tests failed, or it does not compile. */
export class PluginBroken extends Error {
  constructor(said: string) {
    super(`mvn verify failed in plugins/minecraft:\n${said}`);
    this.name = 'PluginBroken';
  }
}

/**
 * Builds the plugin and runs its tests, once for each state of its sources, outside of the checkout.
 *
 * @returns a folder with `core.jar`, `bungeecord.jar`, and what its tests said in `reports`; or why it
 *   cannot be built here
 * @throws PluginBroken
 */
export function buildPlugin(): Provided {
  const missing = missingTool();
  if (missing !== undefined) return unavailable(`the plugin is not built: ${missing}`);
  const files = sources();
  try {
    const folder = oneAtATime(path.join(cacheFolder(), 'plugin.lock'), PATIENCE_MS, () =>
      keptFolder('plugin', files, (filling) => {
        fill(filling, files);
      }),
    );
    return { folder };
  } catch (error) {
    if (error instanceof PluginBroken && isOffline(error.message)) {
      return unavailable('the plugin is not built: what Maven needs cannot be downloaded', error);
    }
    throw error;
  }
}

/** What is missing to build it, for a person. */
function missingTool(): string | undefined {
  const { error, stdout } = spawnSync('mvn', ['-v'], { encoding: 'utf8', timeout: 60_000 });
  if (error !== undefined) return 'there is no Maven (mvn)';
  const version = Number(/^Java version: (\d+)/m.exec(stdout)?.[1] ?? 0);
  if (version < OLDEST_JAVA) return `Maven has no Java ${OLDEST_JAVA} or newer`;
  const runtime = /runtime: (.+)$/m.exec(stdout)?.[1]?.trim() ?? '';
  const compiler = path.join(runtime, 'bin', 'javac');
  return existsSync(compiler) || existsSync(`${compiler}.exe`)
    ? undefined
    : "Maven's Java is a runtime without a compiler; it needs a JDK";
}

function sources(): string[] {
  const inModule = (module: string): string[] =>
    readdirSync(path.join(PLUGIN, module, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  return [
    path.join(PLUGIN, 'pom.xml'),
    ...MODULES.flatMap((module) => [path.join(PLUGIN, module, 'pom.xml'), ...inModule(module)]),
  ].sort();
}

function fill(folder: string, files: readonly string[]): void {
  process.stderr.write('castellan: building the Minecraft plugin and running its tests\n');
  const build = path.join(folder, 'build');
  for (const file of files) cpSync(file, path.join(build, path.relative(PLUGIN, file)));
  const { status, stdout, error } = spawnSync(
    'mvn',
    ['-q', '-B', '-Dstyle.color=never', 'verify'],
    {
      cwd: build,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: PATIENCE_MS,
    },
  );
  if (status !== 0) throw new PluginBroken(`${error?.message ?? ''}\n${stdout.slice(0, 20_000)}`);
  keep(folder, build);
  rmSync(build, { recursive: true, force: true });
}

function keep(folder: string, build: string): void {
  mkdirSync(path.join(folder, 'reports'));
  for (const module of MODULES) {
    const target = path.join(build, module, 'target');
    const jar = readdirSync(target).find((name) => /^castellan-[a-z-]+-[\d.]+\.jar$/.test(name));
    cpSync(path.join(target, jar ?? ''), path.join(folder, `${module}.jar`));
    const reports = path.join(target, 'surefire-reports');
    for (const name of readdirSync(reports).filter((one) => one.endsWith('.xml'))) {
      cpSync(path.join(reports, name), path.join(folder, 'reports', `${module}-${name}`));
    }
  }
}

/** In Maven's words, when an artifact or plugin is nowhere. */
function isOffline(said: string): boolean {
  return /Could not (?:resolve|transfer|find artifact)|could not be resolved|Non-resolvable/.test(
    said,
  );
}
