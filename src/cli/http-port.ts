import { httpAddress, portTaken, type Environment } from '../config/environment';
import { freePort, isFree } from './supervision/ports';

/** The web server's port: the one that was set, or 3000, or a free one where 3000 is taken. */
export class HttpPort {
  #port: number;

  constructor(
    private readonly environment: Environment,
    private readonly takenPorts: Set<number>,
  ) {
    this.#port = environment.http.port;
  }

  /**
   * The variables that tell it to the processes.
   *
   * @param settled whether it is in use by us already, so that it must not change
   * @throws EnvironmentError when it was set and another program has it
   */
  async variables(settled: boolean): Promise<{ HTTP_PORT: string; PUBLIC_URL: string }> {
    const { host, port, portExplicit } = this.environment.http;
    if (!settled) {
      if (portExplicit && !(await isFree(port, host))) throw portTaken('HTTP_PORT', port);
      this.#port = portExplicit ? port : await freePort(port, this.takenPorts, host);
    }
    return { HTTP_PORT: String(this.#port), PUBLIC_URL: this.publicUrl() };
  }

  publicUrl(): string {
    const { host, publicUrl, publicUrlExplicit } = this.environment.http;
    return publicUrlExplicit ? publicUrl : httpAddress(host, this.#port);
  }

  /** Where this machine reaches it. */
  localUrl(): string {
    const { host } = this.environment.http;
    return httpAddress(host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host, this.#port);
  }
}
