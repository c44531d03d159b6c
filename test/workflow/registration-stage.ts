import { Context } from '@temporalio/activity';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { attemptLimit } from '../../src/domain/registration/code';
import type { Guess, RegistrationPolicy } from '../../src/domain/registration/registration';
import { searchAttributes } from '../../src/temporal/search-attributes';
import type { AnswerTo } from '../../workflows/answer-to';
import { GAMES_TASK_QUEUE } from '../../workflows/games-queue';
import type {
  CodeOutcome,
  CodeRequest,
  ConclusionRequest,
  LinkOutcome,
  LinkRequest,
  RegistrationActivities,
  WatchOutcome,
  WatchRequest,
} from '../../workflows/registration/activities';
import type {
  CommandVerdict,
  GuessVerdict,
  RegistrationInput,
} from '../../workflows/registration/contract';
import {
  guess,
  newCode,
  REGISTRATION_WORKFLOW,
  registrationWorkflowId,
} from '../../workflows/registration/contract';
import type { CarriedRegistration } from '../../workflows/registration/workflow';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { timeSkippingEnvironment, workflowBundle } from '../parts';
import { registerSearchAttributes } from './search-attributes';
import { until } from './until';

export const MINUTE = 60_000;
export const GUILD = '400000000000000001';
export const USER = '400000000000000002';
const UUID = '6d1f6e1c-0d1e-4a53-9a3e-0f6b5c3d2a10';
export const POLICY: RegistrationPolicy = {
  code: 'letters',
  timeoutMs: 10 * MINUTE,
  mostAttempts: attemptLimit('letters'),
  lockMs: 60 * MINUTE,
  mostCodes: 3,
};

/**
 * What one registration's effects do here. They stand in for Discord, Postgres and a game server, since what is
 * tested is the workflow: how the real ones keep codes, roles and answers is tested with the real ones.
 */
export class Effects {
  readonly codes: CodeRequest[] = [];
  readonly links: LinkRequest[] = [];
  readonly conclusions: ConclusionRequest[] = [];
  readonly watches: WatchRequest[] = [];
  watched: readonly string[] = [];
  wrong = 0;
  /** Instead of sending a code. */
  send: (() => Promise<CodeOutcome | 'sent'>) | undefined;
  linked: 'linked' | 'taken' = 'linked';
  /** What the player types on watched servers, in order; then nobody types any more. */
  heard: string[] = [];
  watchesCancelled = 0;

  async sendCode(request: CodeRequest): Promise<CodeOutcome> {
    this.codes.push(request);
    const outcome = (await this.send?.()) ?? 'sent';
    if (outcome !== 'sent') return outcome;
    const { wrong, watched } = this;
    const policy = request.policy ?? POLICY;
    return { outcome, codeHash: hash(request.number), at: scheduled(), policy, wrong, watched };
  }

  linkAccount(request: LinkRequest): LinkOutcome {
    this.links.push(request);
    return this.linked === 'linked'
      ? { outcome: 'linked', accountKey: 7, at: scheduled() }
      : { outcome: 'rejected', rejection: { refused: 'taken' }, at: scheduled() };
  }

  async watchGame(request: WatchRequest): Promise<WatchOutcome> {
    this.watches.push(request);
    const codeHash = this.heard.shift();
    if (codeHash !== undefined) {
      const { serverId, registration } = request;
      const guesses = [{ serverId, player: player(registration.name), codeHash }];
      return { outcome: 'heard', guesses, cursor: String(this.watches.length) };
    }
    const context = Context.current();
    const beat = setInterval(() => {
      context.heartbeat();
    }, 100);
    try {
      return await context.cancelled;
    } finally {
      clearInterval(beat);
      this.watchesCancelled += 1;
    }
  }
}

const scheduled = (): number => Context.current().info.currentAttemptScheduledTimestampMs;
export const hash = (number: number): string => `hash-of-code-${number}`;
export const player = (name: string): Guess['player'] => ({ edition: 'java', name, uuid: UUID });
export const answerTo = (interactionId: string): AnswerTo => ({
  interactionId,
  applicationId: '1',
  sealedToken: 'v1.sealed',
});

/** One registration, from outside: its workflow and what its effects were asked for. */
export class Attempt {
  private guesses = 0;
  constructor(
    readonly input: RegistrationInput,
    readonly effects: Effects,
    readonly handle: WorkflowHandle,
  ) {}

  typed(codeHash: string, name = this.input.name): Guess {
    return { serverId: 'survival', player: player(name), codeHash };
  }

  guess(codeHash: string, updateId?: string): Promise<GuessVerdict> {
    this.guesses += 1;
    return this.handle.executeUpdate(guess, {
      args: [this.typed(codeHash)],
      updateId: updateId ?? `webhook-${this.guesses}`,
    });
  }

  newCode(interactionId: string): Promise<CommandVerdict> {
    return this.handle.executeUpdate(newCode, {
      args: [answerTo(interactionId)],
      updateId: interactionId,
    });
  }

  async sent(number = 1): Promise<this> {
    await until(`code ${number}`, () => Promise.resolve(this.effects.codes.length >= number));
    return this;
  }

  /** How it ended, as it was concluded. */
  async conclusion(): Promise<ConclusionRequest | undefined> {
    await this.handle.result();
    const [conclusion, ...more] = this.effects.conclusions;
    if (more.length > 0) throw new Error('It was concluded more than once.');
    return conclusion;
  }

  async status(): Promise<unknown> {
    const { typedSearchAttributes } = await this.handle.describe();
    return typedSearchAttributes.get(searchAttributes.status);
  }
}

/** The workflow on a server whose time can be skipped. Tests take the place of bot and web server. */
export class RegistrationStage {
  private begun = 0;

  private constructor(
    readonly env: TestWorkflowEnvironment,
    private readonly effects: Map<string, Effects>,
    private readonly workers: readonly Worker[],
    private readonly running: readonly Promise<void>[],
  ) {}

  static async set(
    options: { readonly maxCachedWorkflows?: number } = {},
  ): Promise<RegistrationStage> {
    const env = await timeSkippingEnvironment();
    await registerSearchAttributes(env);
    const effects = new Map<string, Effects>();
    const activities = activitiesOf(effects);
    const bundle = workflowBundle();
    const { nativeConnection: connection } = env;
    const workers = await Promise.all([
      Worker.create({
        connection,
        taskQueue: TASK_QUEUE,
        workflowBundle: bundle,
        activities: { ...activities },
        ...options,
      }),
      Worker.create({
        connection,
        taskQueue: GAMES_TASK_QUEUE,
        activities: { ...activities },
        // Cancellations come with heartbeats.
        maxHeartbeatThrottleInterval: 100,
      }),
    ]);
    const running = workers.map((worker) => worker.run());
    return new RegistrationStage(env, effects, workers, running);
  }

  async strike(): Promise<void> {
    for (const worker of this.workers) worker.shutdown();
    await Promise.all(this.running);
    await this.env.teardown();
  }

  /** The name that the next registration will have. */
  get nextName(): string {
    return `Ada_${this.begun + 1}`;
  }

  /** Starts a registration of a name of its own. */
  async begin(set: Partial<Effects> = {}, carried?: CarriedRegistration): Promise<Attempt> {
    const input: RegistrationInput = {
      guildId: GUILD,
      userId: USER,
      edition: 'java',
      name: this.nextName,
      answerTo: answerTo(`first-${this.nextName}`),
    };
    this.begun += 1;
    const workflowId = registrationWorkflowId(input);
    const mine = Object.assign(new Effects(), set);
    this.effects.set(workflowId, mine);
    // A plain client waits for results in real time.
    const { workflow } = new Client({ connection: this.env.connection });
    const handle = await workflow.start(REGISTRATION_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: carried === undefined ? [input] : [input, carried],
    });
    return new Attempt(input, mine, handle);
  }
}

function activitiesOf(effects: ReadonlyMap<string, Effects>): RegistrationActivities {
  const of = ({ registration }: Pick<CodeRequest, 'registration'>): Effects => {
    const mine = effects.get(registration.registrationId);
    if (mine === undefined) throw new Error('Nobody began this registration.');
    return mine;
  };
  return {
    sendCode: (request) => of(request).sendCode(request),
    linkAccount: (request) => Promise.resolve(of(request).linkAccount(request)),
    concludeRegistration: (request) => {
      of(request).conclusions.push(request);
      return Promise.resolve();
    },
    watchGame: (request) => of(request).watchGame(request),
  };
}
