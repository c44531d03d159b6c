import { openButtonId } from '../../src/discord/ids';
import { checkOpening } from '../../src/domain/cases/limits';
import type { CaseCategory, GuildConfiguration, Panel } from '../../src/config/guild/resolved';
import { DEMO, crowdId, DEMO_CROWD, type Driver, type Person, type SeenMessage } from '../index';
import type { Records } from './records';
import { NothingToPlayWith } from './running-castellan';

/** Everybody and everything that the play needs. */
export interface Cast {
  readonly panel: Panel;
  readonly player: Person;
  /** Another player, who has nothing to do with the ticket. */
  readonly stranger: Person;
  readonly moderator: Person;
  readonly senior: Person;
  readonly admin: Person;
}

/** The category that is played, and its form's fields. */
const CATEGORY = 'support';
const FIELDS = ['subject', 'details'];

/**
 * Finds who can play now: the first player whom the limits for openers let open a ticket.
 *
 * @throws NothingToPlayWith when the demo guild has another configuration, or nobody may open a ticket
 */
export async function castThePlay(driver: Driver, records: Records): Promise<Cast> {
  const configuration = await records.configuration(DEMO.guild);
  const category = configuration?.categories.find(({ id }) => id === CATEGORY);
  const panel = configuration?.panels.find(({ categoryIds }) => categoryIds.includes(CATEGORY));
  const fields = category?.form.map(({ id }) => id) ?? [];
  const senior = configuration?.teams[category?.teamId ?? '']?.seniorTeamId ?? null;
  const fits = panel?.style === 'buttons' && FIELDS.every((id) => fields.includes(id));
  if (!configuration || !category || !panel || !fits || senior === null) {
    throw new NothingToPlayWith(
      'The demo plays with the configuration in sandbox/demo/castellan.yaml, and another one is\n' +
        'applied. Start Castellan without CASTELLAN_CONFIG to play it.',
    );
  }
  const player = await whoMayOpen(driver, records, configuration, category);
  return {
    panel,
    player,
    stranger: driver.person(player.id === DEMO.people.rue ? DEMO.people.wren : DEMO.people.rue),
    moderator: driver.person(DEMO.people.mira),
    senior: driver.person(DEMO.people.sol),
    admin: driver.person(DEMO.people.ada),
  };
}

/** A panel that was posted, and the button on it that opens the ticket of the play. */
export interface PostedPanel {
  readonly message: SeenMessage;
  readonly button: { readonly customId: string; readonly label: string };
}

/** The newest panel in #support that has the button, if one has been posted. */
export async function findPanel(driver: Driver): Promise<PostedPanel | undefined> {
  const messages = await driver.person(DEMO.people.pip).see(DEMO.channels.support);
  const customId = openButtonId.encode({ categoryId: CATEGORY });
  for (const message of messages.reverse()) {
    const buttons = message.components.flatMap(({ components = [] }) => components);
    const button = buttons.find(({ custom_id }) => custom_id === customId);
    if (button !== undefined) return { message, button: { customId, label: button.label ?? '' } };
  }
  return undefined;
}

async function whoMayOpen(
  driver: Driver,
  records: Records,
  configuration: GuildConfiguration,
  category: CaseCategory,
): Promise<Person> {
  const crowd = Array.from({ length: DEMO_CROWD }, (_, index) => crowdId(index + 1));
  for (const id of [DEMO.people.pip, DEMO.people.rue, ...crowd]) {
    const tickets = await records.ticketsOf(DEMO.guild, id);
    const record = (of: typeof tickets) => ({
      open: of.filter(({ closedAt, status }) => closedAt === null && status !== 'failed').length,
      openedAt: of.map(({ openedAt }) => openedAt).reverse(),
    });
    const now = Date.now();
    const refusal =
      checkOpening(configuration.limits, record(tickets), now) ??
      checkOpening(
        category.limits,
        record(tickets.filter(({ categoryId }) => categoryId === category.id)),
        now,
      );
    if (refusal === null) return driver.person(id);
  }
  throw new NothingToPlayWith(
    'Every player of the demo guild has reached the limits for openers. Wait a minute, close some\n' +
      'of their tickets, or stop Castellan and start it with another CASTELLAN_DATA_DIR.',
  );
}
