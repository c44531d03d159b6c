import { copy, provide, run, type Provided } from './provide';

const NAME = 'minecraft-protocol';
const RECIPE = ['package.json', 'package-lock.json'];

/** Clients and servers of Minecraft's Java Edition, of many versions, in `node_modules`. */
export function provideMinecraftProtocol(): Provided {
  return provide(NAME, RECIPE, (folder) => {
    copy(NAME, RECIPE, folder);
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  });
}
