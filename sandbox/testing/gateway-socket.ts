import { WebSocket } from 'ws';
import { field } from './raw-rest';

/** A payload of the gateway. */
export interface Payload {
  op: number;
  t?: string | null;
  s?: number | null;
  d?: unknown;
}

/** A connection to the gateway without any client's help. */
export class GatewaySocket {
  readonly received: Payload[] = [];
  /** The close code, once it is closed. */
  readonly closed: Promise<number>;
  private readonly waiting = new Set<() => void>();

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('message', (data: Buffer) => {
      this.received.push(JSON.parse(data.toString('utf8')) as Payload);
      for (const look of [...this.waiting]) look();
    });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', resolve);
    });
  }

  private readonly socket: WebSocket;

  send(op: number, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** The first payload, received already or still to come, that is as wanted. */
  payload(wanted: (payload: Payload) => boolean): Promise<Payload> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.received.find(wanted);
        if (found === undefined) return;
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      void this.closed.then((code) => {
        reject(new Error(`The gateway closed the connection: ${code}.`));
      });
      look();
    });
  }

  /** The data of the first dispatch of that name. */
  async event(name: string): Promise<unknown> {
    return (await this.payload((payload) => payload.t === name)).d;
  }

  /** Waits for the hello and identifies. */
  async identify(token: string, intents: number, more: object = {}): Promise<void> {
    await this.payload((payload) => payload.op === 10);
    this.send(2, {
      token,
      intents,
      properties: { os: 'linux', browser: 'test', device: 'test' },
      ...more,
    });
  }

  /** Identifies and gives the session's id. */
  async login(token: string, intents: number): Promise<string> {
    await this.identify(token, intents);
    return String(field(await this.event('READY'), 'session_id'));
  }

  /** Waits for the hello and resumes. */
  async resume(token: string, sessionId: string, seq: number): Promise<void> {
    await this.payload((payload) => payload.op === 10);
    this.send(6, { token, session_id: sessionId, seq });
  }

  /** The number of the newest dispatch. */
  get seq(): number {
    return Math.max(0, ...this.received.map((payload) => payload.s ?? 0));
  }

  cut(): void {
    this.socket.terminate();
  }
}
