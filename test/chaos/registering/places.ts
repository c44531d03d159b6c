import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './place';
import { OBJECTIVE, type RconGame } from './rcon-game';
import type { PluginGame } from './plugin-game';

/** Between two looks, in milliseconds. */
const LOOK_MS = 100;
/** For how long somebody waits for what the game says. */
const PATIENCE_MS = 60_000;
const WRONG_CODE = 422;
/** How the game's words about what was typed begin. */
const VERDICT = /^(?:That code|Confirmed|The code|There were|No registration)/;

/** `/verify` on the server with the plugin. */
export function pluginPlace(game: PluginGame): Place {
  return {
    type: async (player, code, isOver) => {
      const until = performance.now() + PATIENCE_MS;
      const isLate = (): boolean => performance.now() > until || isOver();
      const status = await game.type(player, code, isLate);
      if (status === null) return 'untold';
      return status === WRONG_CODE ? 'again' : 'told';
    },
  };
}

/** `/trigger` on the vanilla server. */
export function rconPlace(server: RconGame): Place {
  const { game } = server;
  return {
    type: async ({ name, uuid }, code, isOver) => {
      const until = performance.now() + PATIENCE_MS;
      const passes = async (isSo: () => boolean): Promise<boolean> => {
        while (!isSo()) {
          if (performance.now() > until || isOver()) return isSo();
          await pause(LOOK_MS);
        }
        return true;
      };
      game.join(name, uuid);
      const before = game.heard(name).length;
      const typed = await passes(() => server.isUp && game.trigger(name, Number(code), OBJECTIVE));
      const said = (): readonly string[] => game.heard(name).slice(before);
      const isTold = (): boolean => said().some((line) => VERDICT.test(line));
      if (!typed || !(await passes(isTold))) return 'untold';
      return said().some((line) => line.startsWith('That code is wrong')) ? 'again' : 'told';
    },
  };
}
