import { describe, expect, it } from '@jest/globals';
import type { AffectedServer, IncidentState } from '../../domain/watching/incident';
import { FAILURE_CAUSES } from '../../domain/watching/check';
import {
  incidentMessage,
  incidentMessageEdit,
  incidentRaise,
  incidentReminder,
  type IncidentView,
} from './incident-message';
import { publicNotice, recoveryDirectMessage } from './incident-public';
import { maintenanceNotice, renameForbiddenNotice, statusMessage } from './server-messages';
import { CAUSE_WORDS } from './server-status';

const BEGAN = 1_800_000_000_000;
const MINUTE = 60_000;

const survival: AffectedServer = {
  serverKey: 7,
  name: 'survival',
  since: BEGAN,
  cause: 'refused',
  until: null,
  unknownMs: 0,
};

function state(changes: Partial<IncidentState> = {}): IncidentState {
  return {
    status: 'open',
    seq: 1,
    openedAt: BEGAN + 10_000,
    servers: [survival],
    policy: {
      alertChannelId: '100',
      pingRoleIds: ['11', '12'],
      seniorRoleIds: ['21'],
      raiseAfterMs: 10 * MINUTE,
      remindAfterMs: [15 * MINUTE],
      publicChannelId: null,
    },
    acknowledged: null,
    raisedAt: null,
    reminders: 0,
    remindedAt: null,
    flapping: false,
    flappingKeys: [],
    recoveredAt: null,
    ...changes,
  };
}

function view(
  changes: Partial<IncidentState> = {},
  notes: IncidentView['notes'] = [],
): IncidentView {
  return { incidentId: 'i-1', state: state(changes), notes };
}

const customIds = (body: unknown): string[] =>
  [...JSON.stringify(body).matchAll(/"custom_id":"([^"]*)"/g)].map(([, id]) => id ?? '');

describe('the message of an incident', () => {
  it('says what is down, why, since when, and pings the roles of the policy once', () => {
    const posted = incidentMessage(view());
    expect(posted.content).toBe(
      '<@&11> <@&12> 🔴 **survival** is down: the connection is refused: the machine runs, but nothing listens on the port.',
    );
    expect(posted.allowed_mentions).toEqual({ roles: ['11', '12'] });
    expect(posted.embeds?.[0]?.description).toContain(`<t:${BEGAN / 1000}:R>`);
    expect(customIds(posted)).toEqual(['1:incident:a:i-1:c', '1:incident:n:i-1:c']);

    expect(incidentMessageEdit(view())).toEqual({ ...posted, allowed_mentions: { parse: [] } });
  });

  it('has words for every cause', () => {
    for (const cause of FAILURE_CAUSES) {
      const { content } = incidentMessage(view({ servers: [{ ...survival, cause }] }));
      expect(content).toContain(CAUSE_WORDS[cause]);
    }
  });

  it('lists the servers of one host, those that are back with how long they were away', () => {
    const creative = { ...survival, serverKey: 8, name: 'creative', cause: 'timed-out' as const };
    const { content, embeds } = incidentMessage(
      view({
        servers: [{ ...survival, until: BEGAN + 12 * MINUTE, unknownMs: 2 * MINUTE }, creative],
      }),
    );
    expect(content).toContain('**creative** is down: there is no answer in time.');
    expect(embeds?.[0]?.description).toContain(
      '🟢 **survival**: back since <t:1800000720:f>, was down for 12 minutes (refused). For 2 minutes of it we could not look.',
    );
    const both = incidentMessage(view({ servers: [survival, creative] }));
    expect(both.content).toContain('**survival** and **creative** are down.');
  });

  it('shows who is on it and their notes, with their text as data', () => {
    const { embeds, components } = incidentMessageEdit(
      view({ status: 'acknowledged', acknowledged: { by: '5', at: BEGAN + MINUTE } }, [
        { by: '5', at: BEGAN + 2 * MINUTE, text: 'disk **full** @everyone\n# now' },
      ]),
    );
    const fields = embeds?.[0]?.fields ?? [];
    expect(fields.find(({ name }) => name === 'Acknowledged')?.value).toBe(
      `<@5> <t:${(BEGAN + MINUTE) / 1000}:R>`,
    );
    expect(fields.find(({ name }) => name === 'Notes')?.value).toBe(
      `<t:${(BEGAN + 2 * MINUTE) / 1000}:R> <@5>: disk \\*\\*full\\*\\* ＠everyone # now`,
    );
    expect(components?.[0]).toMatchObject({
      components: [{ label: 'Acknowledged', disabled: true }, { label: 'Note' }],
    });
  });

  it('tells the recovery with its duration, and then has no buttons', () => {
    const recoveredAt = BEGAN + 75 * MINUTE;
    const over = incidentMessageEdit(
      view({
        status: 'recovered',
        recoveredAt,
        servers: [{ ...survival, until: recoveredAt }],
      }),
    );
    expect(over.content).toContain('✅ **survival** is back after 1 hour 15 minutes.');
    expect(over.components).toEqual([]);
    expect(over.embeds?.[0]?.fields).toContainEqual({
      name: 'Over',
      value: `<t:${recoveredAt / 1000}:f>, after 1 hour 15 minutes`,
      inline: true,
    });
  });

  it('does not call back what is watched no longer', () => {
    const gone = { ...survival, until: BEGAN + 3 * MINUTE, removed: true as const };
    const over = { status: 'recovered', recoveredAt: BEGAN + 3 * MINUTE } as const;
    const alone = incidentMessage(view({ ...over, servers: [gone] }));
    expect(alone.content).toContain('✅ **survival** is watched no longer after 3 minutes.');
    expect(alone.embeds?.[0]?.description).toContain('⚫ **survival**: watched no longer since');
    const back = { ...survival, serverKey: 8, until: BEGAN + MINUTE };
    expect(incidentMessage(view({ ...over, servers: [back, gone] })).content).toContain(
      'All 2 servers are back or watched no longer',
    );
    const notice = publicNotice({ servers: [gone], recovered: true, inHand: false });
    expect(JSON.stringify(notice)).not.toContain('back');
  });

  it('stays within what Discord takes, whatever the names and notes are', () => {
    const servers = Array.from({ length: 60 }, (_, index) => ({
      ...survival,
      serverKey: index,
      name: '*_'.repeat(60),
    }));
    const notes = Array.from({ length: 30 }, () => ({
      by: '12345678901234567890',
      at: BEGAN,
      text: '`'.repeat(1000),
    }));
    const { content, embeds } = incidentMessage(view({ servers, flapping: true }, notes));
    const [embed] = embeds ?? [];
    expect((content ?? '').length).toBeLessThanOrEqual(2_000);
    expect((embed?.description ?? '').length).toBeLessThanOrEqual(4_096);
    expect((embed?.fields ?? []).every(({ value }) => value.length <= 1_024)).toBe(true);
    expect(embed?.description).toContain('… and 45 more servers');
    expect(embed?.description).toContain('It keeps going up and down');
  });
});

describe('reminder and raise', () => {
  it('reminds without a ping, as a reply', () => {
    expect(incidentReminder(view(), '900')).toEqual({
      content:
        '⏰ **survival** is still down since <t:1800000000:f> (<t:1800000000:R>). Nobody has acknowledged it yet: press **Acknowledge** above if you are on it.',
      message_reference: { message_id: '900', fail_if_not_exists: false },
      allowed_mentions: { parse: [] },
    });
  });

  it('pings exactly the senior roles when it is raised', () => {
    const raise = incidentRaise(view(), '900');
    expect(raise.allowed_mentions).toEqual({ roles: ['21'] });
    expect(raise.content).toMatch(/^<@&21> 🔺 \*\*survival\*\* is down since /);
  });
});

describe('what users read', () => {
  const outage = { serverKey: 7, name: 'survival', since: BEGAN, until: null };

  it('offers a button for one server and a menu for several that are away', () => {
    const one = publicNotice({ servers: [outage], recovered: false, inHand: false });
    expect(one.embeds[0]?.title).toBe('🔴 survival is not reachable at the moment');
    expect(customIds(one)).toEqual(['1:tell:7']);

    const two = publicNotice({
      servers: [outage, { ...outage, serverKey: 8, name: 'creative' }],
      recovered: false,
      inHand: true,
    });
    expect(customIds(two)).toEqual(['1:tellone']);
    expect(two.embeds[0]?.description).toContain('Somebody of the team is working on it.');
    expect(two.allowed_mentions).toEqual({ parse: [] });
  });

  it('is friendly when it is over, and has no button then', () => {
    const over = publicNotice({
      servers: [{ ...outage, until: BEGAN + 3 * MINUTE }],
      recovered: true,
      inHand: true,
    });
    expect(over.embeds[0]?.title).toBe('🟢 survival is back');
    expect(over.embeds[0]?.description).toContain('It was away for 3 minutes.');
    expect(over.components).toEqual([]);
  });

  it('tells whoever asked, once, with names as data', () => {
    const told = recoveryDirectMessage({
      serverName: '**x**',
      guildName: '@everyone',
      since: BEGAN,
      until: BEGAN + 3 * MINUTE,
    });
    expect(told.content).toContain('🟢 **\\*\\*x\\*\\*** of **＠everyone** is back');
    expect(told.allowed_mentions).toEqual({ parse: [] });
  });
});

describe('the live message', () => {
  it('has a line for each server, and the chart that is attached', () => {
    const shown = statusMessage({
      title: 'Our servers',
      chart: 'players.png',
      servers: [
        {
          name: 'survival',
          status: 'up',
          since: BEGAN,
          players: 12,
          maxPlayers: 100,
          latencyMs: 41.6,
          checkedAt: BEGAN,
        },
        {
          name: 'creative',
          status: 'down',
          since: BEGAN,
          players: null,
          maxPlayers: null,
          latencyMs: null,
          checkedAt: BEGAN,
        },
      ],
    });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      '🟢 **survival** · Up · 12/100 players · 42 ms',
      '🔴 **creative** · Down since <t:1800000000:f>',
      '',
      'Checked <t:1800000000:R>.',
    ]);
    expect(shown.embeds[0]?.image).toEqual({ url: 'attachment://players.png' });
    expect(shown.embeds[0]?.color).toBe(0xe74c3c);
  });

  it('says what is wrong with a name that cannot be changed, and announces maintenance', () => {
    const notice = renameForbiddenNotice({ channelId: '77', wantedName: '🟢 survival @here' });
    expect(notice.content).toContain('I may not rename <#77> to “🟢 survival ＠here”.');
    expect(notice.allowed_mentions).toEqual({ parse: [] });
    const planned = maintenanceNotice({
      serverName: 'survival',
      title: 'update *now*',
      startsAt: BEGAN,
      endsAt: BEGAN + 90 * MINUTE,
      phase: 'planned',
    });
    expect(planned.content).toBe(
      '🛠️ **survival** will be in maintenance (update \\*now\\*) from <t:1800000000:f> (<t:1800000000:R>) for about 1 hour 30 minutes.',
    );
  });
});
