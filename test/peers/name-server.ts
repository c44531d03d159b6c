import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

/** What a name has; a name that is not in the list does not exist. */
export interface Records {
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly srv?: readonly {
    readonly priority: number;
    readonly weight: number;
    readonly port: number;
    readonly name: string;
  }[];
  /** Questions about it are not answered. */
  readonly silent?: boolean;
  /** They are answered with SERVFAIL. */
  readonly broken?: boolean;
}

export interface NameServer {
  /** As `dns.Resolver.setServers` takes it. */
  readonly address: string;
  /** The names that were asked about, with the record's type. */
  readonly asked: readonly string[];
  set(name: string, records: Records): void;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<number, 'a' | 'aaaa' | 'srv'>> = { 1: 'a', 28: 'aaaa', 33: 'srv' };

/** RFC 1035, 4.1.1. */
const HEADER = 12;
const ANSWERED = 0x8180;
const SERVER_FAILURE = 2;
const NAME_ERROR = 3;

/** A name server on loopback that tells what it is told (RFC 1035, RFC 2782). */
export async function startNameServer(
  records: Readonly<Record<string, Records>>,
): Promise<NameServer> {
  const known = new Map(Object.entries(records));
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }: RemoteInfo) => {
    const { name, type, end } = question(message);
    asked.push(`${TYPES[type] ?? type} ${name}`);
    const found = known.get(name);
    if (found?.silent === true) return;
    socket.send(answer(message.subarray(0, end), type, found), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    set: (name, of) => void known.set(name, of),
    async stop() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

function question(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answer(asked: Buffer, type: number, found: Records | undefined): Buffer {
  const data = found === undefined ? [] : dataOf(found, TYPES[type]);
  const header = Buffer.from(asked);
  const code = found === undefined ? NAME_ERROR : found.broken === true ? SERVER_FAILURE : 0;
  header.writeUInt16BE(ANSWERED | code, 2);
  header.writeUInt16BE(data.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const resources = data.map((bytes) => {
    const resource = Buffer.alloc(12);
    // The name is the one that was asked about, which stands after the header.
    resource.writeUInt16BE(0xc000 | HEADER, 0);
    resource.writeUInt16BE(type, 2);
    resource.writeUInt16BE(1, 4);
    resource.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([resource, bytes]);
  });
  return Buffer.concat([header, ...resources]);
}

function dataOf(found: Records, type: 'a' | 'aaaa' | 'srv' | undefined): Buffer[] {
  if (type === 'a') return (found.a ?? []).map((ip) => Buffer.from(ip.split('.').map(Number)));
  if (type === 'aaaa') return (found.aaaa ?? []).map(ipv6);
  if (type !== 'srv') return [];
  return (found.srv ?? []).map(({ priority, weight, port, name }) => {
    const numbers = Buffer.alloc(6);
    numbers.writeUInt16BE(priority, 0);
    numbers.writeUInt16BE(weight, 2);
    numbers.writeUInt16BE(port, 4);
    return Buffer.concat([numbers, ...name.split('.').map(label), Buffer.from([0])]);
  });
}

function label(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

/** An address with exactly one `::` or none. */
function ipv6(address: string): Buffer {
  const [before = '', after = ''] = address.split('::');
  const parts = (text: string) => text.split(':').filter((part) => part !== '');
  const zeros = 8 - parts(before).length - parts(after).length;
  const groups = [...parts(before), ...Array.from({ length: zeros }, () => '0'), ...parts(after)];
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
