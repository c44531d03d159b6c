/** The one place where text from outside is made harmless; see docs in each function. */
export { channelName } from './channel-name';
export { cleanse } from './cleanse';
export { codeBlock } from './code-block';
export { label } from './label';
export { noMentions } from './no-mentions';
export { inline, plain, type Room } from './plain';
