/**
 * A player of Minecraft's Java Edition: node client.cjs PACKAGES VERSION PORT NAME
 *
 * Prints one JSON value a line: {"joined":true}, {"chat":"..."}, {"kicked":"..."}. Sends each line of
 * its standard input as chat, or as a command when it begins with a slash; ends when that ends.
 */
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');

const [packages, version, port, username] = process.argv.slice(2);
const { createClient } = createRequire(`${packages}/package.json`)('minecraft-protocol');

const print = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** The text of a chat component, however it came: JSON, or the tags of newer versions. */
function textOf(component) {
  if (typeof component === 'string') return component;
  if (Array.isArray(component)) return component.map(textOf).join('');
  if (typeof component !== 'object' || component === null) return '';
  if ('value' in component && 'type' in component) return textOf(component.value);
  return textOf(component.text ?? component[''] ?? '') + textOf(component.extra ?? []);
}

function parsed(message) {
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}

const client = createClient({
  host: '127.0.0.1',
  port: Number(port),
  version,
  username,
  auth: 'offline',
});
let joined = false;
let kicked = false;
client.on('position', () => {
  if (!joined) print({ joined: true });
  joined = true;
});
client.on('systemChat', ({ formattedMessage }) =>
  print({ chat: textOf(parsed(formattedMessage)) }),
);
for (const packet of ['kick_disconnect', 'disconnect']) {
  client.on(packet, ({ reason }) => {
    kicked = true;
    print({ kicked: textOf(parsed(reason)) });
  });
}
client.on('error', (error) => {
  // What it was still saying when it was kicked went nowhere.
  if (!kicked) process.stderr.write(`${error.stack}\n`);
});
client.on('end', () => process.exit(0));

createInterface({ input: process.stdin })
  .on('line', (line) => client.chat(line))
  .on('close', () => client.end());
