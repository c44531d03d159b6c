/** A Java server of a version: node server.cjs PACKAGES VERSION PORT */
const { createRequire } = require('node:module');

const [packages, version, port] = process.argv.slice(2);
const { createServer } = createRequire(`${packages}/package.json`)('minecraft-protocol');

const server = createServer({
  version,
  host: '127.0.0.1',
  port: Number(port),
  'online-mode': false,
  maxPlayers: 20,
  motd: `§6Castellan§r on ${version}`,
});
server.on('listening', () => console.log('ready'));
server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
