import { messageComponent } from '../interactions/component';
import { requestChange } from '../mirrors/change';
import { mirrorAnswerId, mirrorsPageId } from '../mirrors/ids';
import { NOT_ADMIN } from '../mirrors/rights';
import { showMirrors } from '../mirrors/show';
import { isAdmin } from '../servers/rights';

/** Turns the list of mirrors to another page. */
export const mirrorsPage = messageComponent(mirrorsPageId, async (call, { page }) => {
  await call.respond.deferUpdate();
  await call.respond.edit((await isAdmin(call)) ? await showMirrors(call, page) : NOT_ADMIN);
});

/** Agrees to another guild's mirror into this one, or refuses it; the worker answers. */
export const mirrorAnswer = messageComponent(
  mirrorAnswerId,
  async (call, { fromGuildId, mirrorId: id, answer }) => {
    await call.respond.defer();
    if (!(await isAdmin(call))) {
      await call.respond.edit(NOT_ADMIN);
      return;
    }
    await requestChange(call, { type: 'answer', fromGuildId, id, agreed: answer === 'agree' });
  },
);
