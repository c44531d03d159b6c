const CUSTOM = /^<a?:\w{2,32}:\d{15,21}>$/;
const UNICODE = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u;

/** Whether Discord can show this text as one emoji: Unicode, or custom as `<:name:id>`, `<a:name:id>`. */
export function isEmoji(text: string): boolean {
  if (CUSTOM.test(text)) return true;
  return UNICODE.test(text) && [...new Intl.Segmenter('und').segment(text)].length === 1;
}
