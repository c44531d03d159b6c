import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { collectJars, provide, type Provided } from './provide';
import { ServerProcess } from './server-process';

const NAME = 'powernukkit';

export function providePowerNukkit(): Provided {
  return provide(NAME, ['pom.xml'], (folder) => {
    collectJars(NAME, folder);
  });
}

export interface PowerNukkitOptions {
  readonly port: number;
  /** RCON's. */
  readonly password: string;
  /** An empty folder, or one that a server had before. */
  readonly world: string;
}

/** Bedrock over UDP, query over UDP and RCON over TCP, all at one port of 127.0.0.1. */
export async function startPowerNukkit(
  provided: Provided,
  { port, password, world }: PowerNukkitOptions,
): Promise<ServerProcess> {
  const settings = {
    ...{ motd: 'Castellan', 'server-ip': '127.0.0.1', 'server-port': port, 'max-players': 20 },
    ...{ 'enable-query': 'on', 'enable-rcon': 'on', 'rcon.password': password },
    ...{ language: 'eng', 'level-type': 'FLAT', 'auto-save': 'off', 'xbox-auth': 'off' },
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(path.join(world, 'server.properties'), lines.join(''));
  const classes = path.join('folder' in provided ? provided.folder : '', 'lib', '*');
  const sparing = ['-Xmx400m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const args = [...sparing, '-cp', classes, 'cn.nukkit.Nukkit', '--language', 'eng'];
  return ServerProcess.start('java', args, world, (line) => line.includes('Done ('));
}
