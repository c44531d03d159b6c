import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** Sends pushes as GitHub does: a body of the usual size, signed. */
export class Sender {
  readonly #agent: Agent;

  constructor(
    private readonly secret: string,
    atOnce: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** @throws Error for any answer but 202 */
  push(address: string): Promise<void> {
    const id = randomUUID();
    const body = pushed(id.replaceAll('-', '').padEnd(40, '0'));
    const signature = createHmac('sha256', this.secret).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-github-event': 'push',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${signature}`,
    };
    return new Promise((resolve, reject) => {
      const sent = request(address, { method: 'POST', agent: this.#agent, headers }, (answer) => {
        const { statusCode } = answer;
        answer.resume().on('end', () => {
          if (statusCode === 202) resolve();
          else reject(new Error(`${address} answered ${statusCode ?? 'nothing'}.`));
        });
      });
      sent.on('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** About 7 KB: what GitHub sends of one commit, with what it tells of the repository. */
function pushed(sha: string): string {
  const more = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `url_${index}`,
      `https://api.github.com/repos/castle/keep/${'path/'.repeat(10)}${index}`,
    ]),
  );
  return JSON.stringify({
    ref: 'refs/heads/main',
    before: '1'.repeat(40),
    after: sha,
    repository: {
      id: 1,
      full_name: 'castle/keep',
      html_url: 'https://github.com/castle/keep',
      ...more,
    },
    sender: { login: 'ada' },
    commits: [
      {
        ...{ id: sha, message: 'Lower the drawbridge', timestamp: '2026-11-23T10:00:00Z' },
        ...{ author: { name: 'Bo', username: 'bo' }, added: [], removed: [], modified: ['a.ts'] },
      },
    ],
  });
}
