import { panel } from './commands/panel';
import { staff } from './commands/staff';
import { ticket } from './commands/ticket';
import { caseButton, caseNote } from './components/case-buttons';
import {
  allAnswers,
  historyPage,
  ownListPage,
  ownPick,
  queuePageButton,
  queuePick,
} from './components/lists';
import { openButton, openForm, openMenu } from './components/open';
import type * as ids from './ids';
import type { Command } from './interactions/command';
import type { Component } from './interactions/component';

/** The commands of this version; forgetting one below does not compile. */
export type CommandName = 'ticket' | 'staff' | 'panel';

/** Every slash command. */
export const commands: Readonly<Record<CommandName, Command>> = { ticket, staff, panel };

/** The name of every `custom_id` that ids.ts describes; one without a component does not compile. */
type NameOf<Id> = Id extends { readonly name: infer Name extends string; readonly encode: unknown }
  ? Name
  : never;
export type ComponentName = NameOf<(typeof ids)[keyof typeof ids]>;

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
};
