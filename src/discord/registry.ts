import type * as accountIds from './accounts/ids';
import type * as announcementIds from './announcements/ids';
import { account } from './commands/account';
import { accounts } from './commands/accounts';
import { announce } from './commands/announce';
import { mirror } from './commands/mirror';
import { panel } from './commands/panel';
import { register } from './commands/register';
import { serverWithWhitelist } from './commands/server-whitelist';
import { servers } from './commands/servers';
import { staff } from './commands/staff';
import { ticket } from './commands/ticket';
import { unregister } from './commands/unregister';
import {
  accountHistoryButton,
  cancelButton,
  lookupButton,
  lookupPick,
  newCodeButton,
  ownAccountsButton,
  primaryMenu,
  unlinkButton,
  unlinkReason,
  whitelistCheckButton,
  whitelistRepairButton,
} from './components/accounts';
import {
  deliverAgainButton,
  deliveriesPage,
  deliveryPick,
  newSecretButton,
  previewButton,
  removeAskButton,
  removeButton,
  sourceCardButton,
  sourcesPage,
  sourcesPick,
} from './components/announcements';
import { caseButton, caseNote } from './components/case-buttons';
import {
  allAnswers,
  historyPage,
  ownListPage,
  ownPick,
  queuePageButton,
  queuePick,
} from './components/lists';
import { incidentButton, incidentNote } from './components/incident-buttons';
import { mirrorAnswer, mirrorsPage } from './components/mirrors';
import { openButton, openForm, openMenu } from './components/open';
import {
  incidentHistoryPage,
  incidentPick,
  incidentsPageButton,
  maintenanceEnd,
  serverChartButton,
  serversPage,
  serversPick,
  tellMe,
  tellMeMenu,
} from './components/servers';
import type * as ids from './ids';
import type { Command } from './interactions/command';
import type { Component } from './interactions/component';
import type * as mirrorIds from './mirrors/ids';
import type * as serverIds from './servers/ids';

/** The commands about registrations and accounts; `server` is the one about servers, with their whitelists. */
export type RegistrationCommandName = 'register' | 'accounts' | 'unregister' | 'account' | 'server';

export const registrationCommands: Readonly<Record<RegistrationCommandName, Command>> = {
  register,
  accounts,
  unregister,
  account,
  server: serverWithWhitelist,
};

/** The commands of this version; forgetting one below does not compile. */
export type CommandName =
  'ticket' | 'staff' | 'panel' | 'servers' | 'announce' | 'mirror' | RegistrationCommandName;

/** Every slash command. */
export const commands: Readonly<Record<CommandName, Command>> = {
  ticket,
  staff,
  panel,
  servers,
  announce,
  mirror,
  ...registrationCommands,
};

/** The name of every `custom_id` that the files ids.ts describe; one without a component does not compile. */
type NameOf<Id> = Id extends { readonly name: infer Name extends string; readonly encode: unknown }
  ? Name
  : never;
export type ComponentName =
  | NameOf<(typeof ids)[keyof typeof ids]>
  | NameOf<(typeof serverIds)[keyof typeof serverIds]>
  | NameOf<(typeof accountIds)[keyof typeof accountIds]>
  | NameOf<(typeof announcementIds)[keyof typeof announcementIds]>
  | NameOf<(typeof mirrorIds)[keyof typeof mirrorIds]>;

/** Every button, menu and form. */
export const components: Readonly<Record<ComponentName, Component>> = {
  case: caseButton,
  note: caseNote,
  open: openButton,
  menu: openMenu,
  form: openForm,
  queue: queuePageButton,
  pick: queuePick,
  mine: ownListPage,
  own: ownPick,
  hist: historyPage,
  answers: allAnswers,
  incident: incidentButton,
  inote: incidentNote,
  tell: tellMe,
  tellone: tellMeMenu,
  servers: serversPage,
  server: serversPick,
  chart: serverChartButton,
  outages: incidentsPageButton,
  outage: incidentPick,
  ohist: incidentHistoryPage,
  mend: maintenanceEnd,
  mirrors: mirrorsPage,
  mirror: mirrorAnswer,
  newcode: newCodeButton,
  dropcode: cancelButton,
  accounts: ownAccountsButton,
  primary: primaryMenu,
  lookup: lookupButton,
  account: lookupPick,
  ahist: accountHistoryButton,
  unlink: unlinkButton,
  unlinkwhy: unlinkReason,
  wlcheck: whitelistCheckButton,
  wlrepair: whitelistRepairButton,
  sources: sourcesPage,
  source: sourcesPick,
  srccard: sourceCardButton,
  srckey: newSecretButton,
  srcdrop: removeAskButton,
  srcgone: removeButton,
  srctest: previewButton,
  dlvs: deliveriesPage,
  dlv: deliveryPick,
  dlvagain: deliverAgainButton,
};
