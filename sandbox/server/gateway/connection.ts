import type { WebSocket } from 'ws';
import type { BatchedWrites } from './batched-writes';

/** One WebSocket of a bot. Sends in order, each as late as the sandbox's added latency says. */
export class Connection {
  private readonly waiting: { due: number; text: string }[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: WebSocket,
    private readonly writes: BatchedWrites,
    /** One way's share of the added latency, in milliseconds. */
    private readonly delay: () => number,
  ) {}

  send(text: string): void {
    const delay = this.delay();
    if (delay <= 0 && this.waiting.length === 0) {
      this.writes.begin();
      this.socket.send(text);
      return;
    }
    this.waiting.push({ due: performance.now() + delay, text });
    this.arm();
  }

  sendJson(value: unknown): void {
    this.send(JSON.stringify(value));
  }

  /** Ends the connection as Discord does, with a close code. */
  close(code: number, reason: string): void {
    this.forget();
    this.socket.close(code, reason);
  }

  /** Ends the connection as a broken cable does. */
  drop(): void {
    this.forget();
    this.socket.terminate();
  }

  /** Nothing that still waits is sent. */
  forget(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting.length = 0;
  }

  private arm(): void {
    const first = this.waiting[0];
    if (this.timer !== null || first === undefined) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        const now = performance.now() + 0.5;
        while (this.waiting[0] !== undefined && this.waiting[0].due <= now) {
          const next = this.waiting.shift();
          if (next === undefined) break;
          this.writes.begin();
          this.socket.send(next.text);
        }
        this.arm();
      },
      Math.max(0, first.due - performance.now()),
    );
  }
}
