import { setTimeout as pause } from 'node:timers/promises';
import type { API } from '@discordjs/core';
import { DiscordAPIError, type RawFile } from '@discordjs/rest';
import {
  InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type APIApplicationCommandOptionChoice,
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import { isNewer } from '../snowflake';
import type { Answer } from '../views/answer';
import { withinTime } from '../../timing/within-time';
import type { FirstResponses } from './first-responses';

/** Nobody can be answered any more: Discord has told the person itself that this failed. */
export class InteractionGone extends Error {
  constructor(options: ErrorOptions) {
    super('The interaction can no longer be answered.', options);
    this.name = 'InteractionGone';
  }
}

/**
 * The person has their answer: an earlier process gave it and died before that was noted. What it
 * said must stay true, so nothing is done a second time.
 */
export class AnsweredBefore extends Error {
  constructor() {
    super('The interaction was answered before.');
    this.name = 'AnsweredBefore';
  }
}

/** Discord waits 3 seconds for the first response; what comes later is refused. */
const FIRST_RESPONSE_MS = 2_800;
/** One attempt of it. A request that hangs may have arrived: then the next one hears 40060, which is as good. */
const ATTEMPT_MS = 1_100;

const EDIT_PAUSES_MS = [300, 1_000, 3_000, 8_000, 15_000] as const;
const EDIT_ATTEMPT_MS = 10_000;

const GONE: readonly unknown[] = [
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownMessage,
];

/**
 * Answers one interaction. The first response is either an acknowledgement that buys 15 minutes or
 * the answer itself; every later one edits it.
 */
export class Responder {
  #acknowledged = false;
  #repeated = false;

  /**
   * @param arrivedAt when the interaction reached us, by `performance.now()`
   * @param first those of all interactions: theirs are given before what follows ours
   */
  constructor(
    private readonly api: API,
    private readonly interaction: APIInteraction,
    private readonly arrivedAt: number,
    private readonly first: FirstResponses,
  ) {}

  /**
   * Whether Discord had a first response before ours: an earlier attempt of it had arrived, or a
   * process that died was here before, and may have handed the wish over.
   */
  get repeated(): boolean {
    return this.#repeated;
  }

  /** Acknowledges with a "thinking …" that only the person sees. @throws InteractionGone, AnsweredBefore */
  async defer(): Promise<void> {
    const known = await this.#respond({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    });
    if (known) await this.#stopIfAnswered();
    await this.first.othersFirst();
  }

  /**
   * Acknowledges a click; the message with the button stays as it is until it is edited.
   *
   * @throws InteractionGone, AnsweredBefore
   */
  async deferUpdate(): Promise<void> {
    const known = await this.#respond({ type: InteractionResponseType.DeferredMessageUpdate });
    if (known) await this.#stopIfAnswered();
    await this.first.othersFirst();
  }

  /** Acknowledges unless that was done. @throws InteractionGone, AnsweredBefore */
  async acknowledge(): Promise<void> {
    if (!this.#acknowledged) await this.defer();
  }

  /** Shows an answer that only the person sees, whether or not there was a first response. @throws InteractionGone */
  async answer(answer: Answer): Promise<void> {
    if (!this.#acknowledged) {
      const known = await this.#respond({
        type: InteractionResponseType.ChannelMessageWithSource,
        data: { ...answer, flags: MessageFlags.Ephemeral },
      });
      if (!known) return;
    }
    await this.edit(answer);
  }

  /** Opens a form; only possible as the first response. @throws InteractionGone */
  async form(form: APIModalInteractionResponseCallbackData): Promise<void> {
    await this.#respond({ type: InteractionResponseType.Modal, data: form });
  }

  /** Offers completions of an option. @throws InteractionGone */
  async choices(choices: APIApplicationCommandOptionChoice[]): Promise<void> {
    await this.#respond({
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  }

  /**
   * Replaces what was answered before, its files as well; tries on for half a minute.
   *
   * @throws InteractionGone
   */
  async edit(answer: Answer, files: RawFile[] = []): Promise<void> {
    const { application_id: applicationId, token } = this.interaction;
    const attachments = files.map(({ name }, id) => ({ id, filename: name }));
    await this.#patiently((signal) =>
      this.api.interactions.editReply(
        applicationId,
        token,
        { ...answer, files, attachments },
        '@original',
        { signal },
      ),
    );
  }

  /** What is shown now; tries on for half a minute. @throws InteractionGone */
  shown(): Promise<APIMessage> {
    const { application_id: applicationId, token } = this.interaction;
    return this.#patiently((signal) =>
      this.api.interactions.getOriginalReply(applicationId, token, { signal }),
    );
  }

  /** Tries until Discord does it, refuses it, or has been away for half a minute. @throws InteractionGone */
  async #patiently<Result>(request: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await request(AbortSignal.timeout(EDIT_ATTEMPT_MS));
      } catch (error) {
        if (isGone(error)) throw new InteractionGone({ cause: error });
        const wait = EDIT_PAUSES_MS[tries];
        if (wait === undefined || isRefused(error)) throw error;
        await pause(wait);
      }
    }
  }

  /**
   * After Discord said that it had a first response: what an earlier process has answered stays. Of a message
   * with a button nobody can tell; the journal knows of those.
   *
   * @throws AnsweredBefore, InteractionGone
   */
  async #stopIfAnswered(): Promise<void> {
    let shown: APIMessage;
    try {
      shown = await this.shown();
    } catch (error) {
      if (error instanceof InteractionGone) throw error;
      // Discord does not say. Whatever is asked for carries the interaction's id and happens once.
      return;
    }
    if (!thinks(shown.flags) && isNewer(shown.id, this.interaction.id)) throw new AnsweredBefore();
  }

  /**
   * Gives the first response.
   *
   * @returns whether Discord had one before: from an earlier attempt, or from a process that died
   */
  async #respond(response: APIInteractionResponse): Promise<boolean> {
    for (;;) {
      try {
        await this.#attempt(response);
        this.#acknowledged = true;
        return false;
      } catch (error) {
        if (codeOf(error) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) {
          this.#acknowledged = true;
          this.#repeated = true;
          return true;
        }
        if (isGone(error)) throw new InteractionGone({ cause: error });
        if (isRefused(error)) throw error;
        if (this.#left() <= 0) {
          // An attempt whose answer got lost may have arrived: then the person sees that it is thought about.
          await this.shown();
          this.#acknowledged = true;
          return false;
        }
        await pause(Math.min(100, this.#left()));
      }
    }
  }

  async #attempt(response: APIInteractionResponse): Promise<void> {
    const { id, token } = this.interaction;
    const within = Math.max(1, Math.min(ATTEMPT_MS, this.#left()));
    const given = new AbortController();
    const taken = this.api.rest.post(Routes.interactionCallback(id, token), {
      auth: false,
      body: response,
      signal: given.signal,
    });
    const over = this.first.begin();
    try {
      await withinTime(within, taken, () => {
        const late = new Error('Discord did not take the response in time.');
        given.abort(late);
        return late;
      });
    } finally {
      over();
    }
  }

  /** How long the first response may still take, in milliseconds. */
  #left(): number {
    return this.arrivedAt + FIRST_RESPONSE_MS - performance.now();
  }
}

function thinks(flags: MessageFlags | undefined): boolean {
  return ((flags ?? 0) & MessageFlags.Loading) !== 0;
}

function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : undefined;
}

function isGone(error: unknown): boolean {
  return GONE.includes(codeOf(error));
}

/** Whether Discord understood the request and will not take it however often it is sent. */
function isRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
}
