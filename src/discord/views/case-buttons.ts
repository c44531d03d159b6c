import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
} from 'discord-api-types/v10';
import type { CaseStatus } from '../../domain/cases/case';
import type { PersonCommandType } from '../../domain/cases/commands';
import { caseButtonId, type ShownIn } from '../ids';

/** What the buttons of a case depend on. */
export interface ButtonsView {
  readonly caseId: string;
  readonly number: number;
  readonly status: CaseStatus;
  /** Whether there is a team above the one that handles the case now. */
  readonly hasSenior: boolean;
}

const FACES: Readonly<
  Record<
    PersonCommandType,
    { readonly label: string; readonly style: APIButtonComponentWithCustomId['style'] }
  >
> = {
  claim: { label: 'Claim', style: ButtonStyle.Primary },
  release: { label: 'Release', style: ButtonStyle.Secondary },
  raise: { label: 'Raise', style: ButtonStyle.Secondary },
  resolve: { label: 'Resolve', style: ButtonStyle.Success },
  close: { label: 'Close', style: ButtonStyle.Danger },
  reopen: { label: 'Reopen', style: ButtonStyle.Primary },
};

/** One button that gives a command. */
export function caseButton(
  view: ButtonsView,
  command: PersonCommandType,
  shownIn: ShownIn,
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    ...FACES[command],
    custom_id: caseButtonId.encode({
      command,
      caseId: view.caseId,
      number: view.number,
      shownIn,
    }),
  };
}

/** Whether a command can have an effect in this status, whoever gives it. */
export function applies(view: ButtonsView, command: PersonCommandType): boolean {
  const { status } = view;
  const live = status === 'open' || status === 'claimed' || status === 'resolved';
  switch (command) {
    case 'claim':
      // A claimed case can still be taken over by somebody of the senior team.
      return status === 'open' || status === 'claimed';
    case 'release':
      return status === 'claimed';
    case 'raise':
      return live && view.hasSenior;
    case 'resolve':
      return status === 'open' || status === 'claimed';
    case 'close':
      return live;
    case 'reopen':
      return status === 'resolved' || status === 'closed';
  }
}
