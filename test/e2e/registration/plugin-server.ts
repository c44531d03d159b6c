import { startGameWeb, type GameWeb } from './game-web';
import { PluginCalls } from './plugin-calls';

/** The web process, and a game server's plugin that tells it what players type. */
export class PluginServer extends PluginCalls {
  private constructor(
    private readonly web: GameWeb,
    serverId: string,
  ) {
    super(() => web.url, web.key, serverId);
  }

  /** @param variables of the processes that it belongs to */
  static async start(
    variables: Readonly<Record<string, string>>,
    serverId: string,
  ): Promise<PluginServer> {
    return new PluginServer(await startGameWeb(variables), serverId);
  }

  stop(): Promise<void> {
    return this.web.stop();
  }
}
