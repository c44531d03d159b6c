/** How news look in Discord: pure functions from what was told to what is shown. */
export {
  type Content,
  type EmbedField,
  type RenderedEmbed,
  type RenderedPost,
  type RenderOptions,
} from './post';
export { renderPost } from './render';
export { sampleItems } from './samples';
export { checkTemplate } from './template';
