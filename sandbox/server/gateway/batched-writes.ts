import type { Duplex } from 'node:stream';

/**
 * Joins what is written to a socket within one turn of the event loop into one system call: under
 * load, many events are caused by requests that arrived together.
 */
export class BatchedWrites {
  private corked = false;

  constructor(private readonly socket: Duplex) {}

  /** To be called before each write. */
  begin(): void {
    if (this.corked) return;
    this.corked = true;
    this.socket.cork();
    setImmediate(() => {
      this.corked = false;
      this.socket.uncork();
    });
  }
}
