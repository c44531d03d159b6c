import { canonicalCode } from '../../../domain/registration/code';

const LONGEST = 64;
/** Codes have no vowels but Y, so that no word is one; six digits do not begin with a zero. */
const CODE = /^(?:[2-9CDFHJKMNPQRTVWXY]{8}|[1-9]\d{5})$/;

/**
 * Whether what was said in chat is meant as a code. A player who says something else must not lose an
 * attempt by it.
 *
 * @returns the text without blanks around it, or `null`
 */
export function codeIn(said: string): string | null {
  const text = said.trim();
  return text.length <= LONGEST && CODE.test(canonicalCode(text)) ? text : null;
}
