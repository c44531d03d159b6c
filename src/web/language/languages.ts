import { english } from './english';
import { german } from './german';
import type { Texts } from './texts';

export const LANGUAGES = ['en', 'de'] as const;

/** A language that the pages speak: its BCP 47 tag. */
export type Language = (typeof LANGUAGES)[number];

const CATALOGUE: Readonly<Record<Language, Texts>> = { en: english, de: german };

export const textsOf = (language: Language): Texts => CATALOGUE[language];

/** The language that a tag such as `de-AT` asks for; `undefined`: one that we do not speak. */
export function languageOf(tag: string): Language | undefined {
  const wanted = tag.trim().toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === wanted);
}

/** Most languages of an `Accept-Language` that are looked at: nobody speaks more. */
const MOST_RANGES = 20;

/**
 * The language of an answer: the one that the address names, else the best that the browser accepts
 * (RFC 9110, section 12.5.4), else the configured one, else English.
 *
 * @param asked.named `?lang=`
 * @param asked.accepted the `Accept-Language` header
 * @param asked.configured the guild's
 */
export function chooseLanguage(asked: {
  readonly named: string | undefined;
  readonly accepted: string | undefined;
  readonly configured: string | null;
}): Language {
  const fallback = languageOf(asked.configured ?? '') ?? 'en';
  const named = languageOf(asked.named ?? '');
  if (named !== undefined) return named;
  let best: { language: Language; weight: number } | undefined;
  for (const range of (asked.accepted ?? '').slice(0, 500).split(',').slice(0, MOST_RANGES)) {
    const [tag = '', ...parameters] = range.split(';');
    const weight = weightOf(parameters);
    const language = tag.trim() === '*' ? fallback : languageOf(tag);
    if (language === undefined || weight <= 0) continue;
    if (best === undefined || weight > best.weight) best = { language, weight };
  }
  return best?.language ?? fallback;
}

function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const found = /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(parameter)?.[1];
    if (found !== undefined) return Number(found);
  }
  return 1;
}
