import type { Field } from './form';

/**
 * A poll: a question, 1 to 10 answers, at most 32 days.
 * Source: https://discord.com/developers/docs/resources/poll#poll-create-request-object
 */
export function checkPoll(poll: Field): void {
  if (!poll.object()) return;
  const question = poll.child('question');
  if (question.object(true)) question.child('text').text({ min: 1, max: 300, required: true });
  for (const answer of poll.child('answers').list({ min: 1, max: 10, required: true })) {
    if (!answer.object(true) || !answer.child('poll_media').object(true)) continue;
    answer.child('poll_media').child('text').text({ min: 1, max: 55 });
  }
  poll.child('duration').integer({ min: 1, max: 768 });
  poll.child('allow_multiselect').boolean();
  poll.child('layout_type').choice([1]);
}

/** A client theme that is shared: 1 to 5 colours of six hexadecimal digits, an angle and a mix. */
export function checkSharedTheme(theme: Field): void {
  if (!theme.object()) return;
  for (const color of theme.child('colors').list({ min: 1, max: 5, required: true })) {
    color.text({ min: 6, max: 6, required: true });
  }
  theme.child('gradient_angle').integer({ min: 0, max: 360, required: true });
  theme.child('base_mix').integer({ min: 0, max: 100, required: true });
}
