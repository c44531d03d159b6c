import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keptFolder } from '../../../bench/watch/user-cache';
import { java25, provideMinestom, SPARING_JVM } from '../probes/minestom';
import { run, unavailable, type Provided } from '../probes/provide';
import { ServerProcess } from '../probes/server-process';
import { buildPlugin, PLUGIN } from './build';

/** Of the game, as Minestom's version names it. */
export const GAME_VERSION = '1.21.11';

/** Java 25 is at hand as a runtime only; this compiler is a jar (EPL-2.0, for tests only). */
const COMPILER = 'org.eclipse.jdt:ecj:3.44.0';
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

/** What it takes to start the test server with the plugin's core. */
export interface PluginServerParts {
  /** A program of Java 25. */
  readonly java: string;
  readonly classPath: string;
}

/** @throws PluginBroken when the plugin itself does not build */
export function providePluginServer(): PluginServerParts | { readonly unavailable: string } {
  const plugin = buildPlugin();
  if ('unavailable' in plugin) return plugin;
  const minestom = provideMinestom();
  if ('unavailable' in minestom) return minestom;
  const java = java25(minestom.folder);
  const core = path.join(plugin.folder, 'core.jar');
  const libraries = [core, path.join(minestom.folder, 'lib', '*')];
  const compiled = compile(java, core, path.join(minestom.folder, 'lib'));
  if ('unavailable' in compiled) return compiled;
  const classes = path.join(compiled.folder, 'classes');
  return { java, classPath: [classes, ...libraries].join(path.delimiter) };
}

function compile(java: string, core: string, lib: string): Provided {
  const source = path.join(PLUGIN, 'minestom-test-server', 'src');
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const libraries = readdirSync(lib).map((name) => path.join(lib, name));
  try {
    const folder = keptFolder('plugin-minestom', [...files, core], (filling) => {
      const compiler = path.join(filling, 'compiler');
      const artifact = ['-q', '-B', COPY, `-Dartifact=${COMPILER}`];
      run('mvn', [...artifact, `-DoutputDirectory=${compiler}`], filling);
      const jar = path.join(compiler, readdirSync(compiler)[0] ?? '');
      const classes = path.join(filling, 'classes');
      const classPath = [core, ...libraries].join(path.delimiter);
      const options = ['--release', '25', '-warn:none', '-cp', classPath, '-d', classes];
      run(java, ['-jar', jar, ...options, source], filling);
    });
    return { folder };
  } catch (error) {
    return unavailable(`the plugin's test server is not built: ${String(error)}`, error);
  }
}

export interface PluginServerOptions {
  readonly port: number;
  /** An empty folder, or one that a server had before; it keeps the whitelist. */
  readonly folder: string;
  /** Where Castellan's web server is. */
  readonly url: string;
  /** The server's id in the guild's configuration. */
  readonly server: string;
  /** `whsec_…` */
  readonly secret: string;
  /** Lets in only who is on the whitelist. */
  readonly enforceWhitelist?: boolean;
}

/** A Minestom server on 127.0.0.1 with the plugin's core inside, in offline mode. */
export async function startPluginServer(
  { java, classPath }: PluginServerParts,
  { port, folder, url, server, secret, enforceWhitelist = false }: PluginServerOptions,
): Promise<ServerProcess> {
  mkdirSync(folder, { recursive: true });
  const settings = { url, server, secret, 'enforce-whitelist': String(enforceWhitelist) };
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(path.join(folder, 'castellan.properties'), lines.join(''));
  const program = 'castellan.plugin.minestom.TestServer';
  const args = [...SPARING_JVM, '-cp', classPath, program, String(port), folder];
  return ServerProcess.start(java, args, folder, (line) => line === 'ready');
}

/** The UUID of a player by name on a server in offline mode: of version 3, as the game makes it. */
export function offlineUuid(name: string): string {
  const hash = createHash('md5').update(`OfflinePlayer:${name}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x30;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
