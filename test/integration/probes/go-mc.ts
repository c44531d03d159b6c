import path from 'node:path';
import { copy, provide, run, type Provided } from './provide';
import { ServerProcess } from './server-process';

const NAME = 'go-mc';
const FILES = ['go.mod', 'go.sum', 'main.go'];

/** A game of the tests behind go-mc's RCON server; it needs Go. */
export function provideGoMc(): Provided {
  return provide(NAME, FILES, (folder) => {
    copy(NAME, FILES, folder);
    run('go', ['build', '-mod=readonly', '-trimpath', '-o', 'server', '.'], folder);
  });
}

export interface GoMcOptions {
  readonly port: number;
  /** RCON's; without `'`. */
  readonly password: string;
  /** Keeps the whitelist when the game is restarted; absent: nothing does. */
  readonly whitelist?: string;
}

/** RCON on 127.0.0.1. */
export function startGoMc(
  provided: Provided,
  { port, password, whitelist }: GoMcOptions,
): Promise<ServerProcess> {
  const folder = 'folder' in provided ? provided.folder : '';
  const program = path.join(folder, 'server');
  const given = [String(port), ...(whitelist === undefined ? [] : [whitelist])];
  const args = ['-c', `PEER_PASSWORD='${password}' exec "$0" "$@"`, program, ...given];
  return ServerProcess.start('sh', args, folder, (line) => line.startsWith('ready'));
}
