import { count, customId, oneOf, snowflake, text } from '../custom-id';

/** The `custom_id`s of what is shown of mirrors; see ../ids.ts. */

/** Turns the list of mirrors to a page, counted from 0. */
export const mirrorsPageId = customId('mirrors', { page: count });

/** Agrees to a mirror of another guild into this one, or refuses it. */
export const mirrorAnswerId = customId('mirror', {
  fromGuildId: snowflake,
  mirrorId: text,
  answer: oneOf<'agree' | 'refuse'>({ agree: 'a', refuse: 'r' }),
});
