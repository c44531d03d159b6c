import type { Context } from 'koa';
import { isUnavailable } from '../../../db/connection';
import { label } from '../../../domain/text';
import { prepared, send } from '../../cache/answer';
import { chooseLanguage, languageOf, textsOf, type Language } from '../../language/languages';
import { answerProblem } from '../../problem';
import { NotThere, type Reader, type StatusAnswers } from '../../status/answers';
import { notThere } from '../../views/status/not-there';
import { parameter } from './parameters';

/** The longest word that a slug or a server's id can be. */
const LONGEST = 64;
const WORD = /^[a-z0-9][a-z0-9_-]*$/;

/**
 * In which language a visitor reads a guild's page.
 *
 * @throws NotThere
 */
export async function readerOf(
  context: Context,
  answers: StatusAnswers,
  { ignoreAccepted = false } = {},
): Promise<Reader> {
  const { language } = await answers.identity(slugOf(context));
  return choose(context, language, ignoreAccepted);
}

function choose(context: Context, configured: string | null, ignoreAccepted = false): Reader {
  const named = parameter(context, 'lang');
  const accepted = ignoreAccepted ? undefined : context.get('Accept-Language');
  return {
    language: chooseLanguage({ named, accepted, configured }),
    lang: languageOf(named ?? '') ?? null,
  };
}

/** @throws NotThere for what cannot be a slug: no query is spent on it */
function slugOf(context: Context): string {
  const parameters: unknown = context['params'];
  const slug: unknown =
    typeof parameters === 'object' && parameters !== null && Reflect.get(parameters, 'slug');
  const text = typeof slug === 'string' ? slug : '';
  if (text.length > LONGEST || !WORD.test(text)) throw new NotThere(text, null);
  return text;
}

/**
 * Answers, and says in the visitor's words what is not there or not there at the moment: as a page, as
 * problem details, or in the place of a badge.
 */
export async function answered(
  context: Context,
  answers: StatusAnswers,
  form: 'page' | 'problem' | 'badge',
  answer: () => Promise<void>,
): Promise<void> {
  try {
    slugOf(context);
    await answer();
  } catch (error) {
    if (error instanceof NotThere) await answerNotThere(context, answers, form, error);
    else if (isUnavailable(error)) await answerUnavailable(context, answers, form);
    else throw error;
  }
}

async function answerNotThere(
  context: Context,
  answers: StatusAnswers,
  form: 'page' | 'problem' | 'badge',
  { slug, page, server }: NotThere,
): Promise<void> {
  const { language } = choose(context, page?.language ?? null);
  if (form === 'badge') {
    send(context, await answers.unknownBadge(language), 'public, max-age=60');
    if (context.status === 200) context.status = 404;
    return;
  }
  const { notFound } = textsOf(form === 'page' ? language : 'en');
  const detail =
    page === null || server === undefined
      ? notFound.page(shortened(slug))
      : notFound.server(shortened(server), page.name);
  if (form === 'problem' || !wantsHtml(context)) {
    answerProblem(context, { status: 404, detail: `${detail} ${notFound.advice}` });
    return;
  }
  await sendText(context, answers, language, {
    status: 404,
    title: notFound.title,
    detail,
    advice: notFound.advice,
  });
}

async function answerUnavailable(
  context: Context,
  answers: StatusAnswers,
  form: 'page' | 'problem' | 'badge',
): Promise<void> {
  const { language } = choose(context, null);
  const { unavailable } = textsOf(form === 'page' ? language : 'en');
  if (form === 'page' && wantsHtml(context)) {
    const { title, advice } = unavailable;
    await sendText(context, answers, language, { status: 503, title, detail: '', advice });
  } else answerProblem(context, { status: 503, detail: unavailable.advice });
  context.set('Retry-After', '60');
}

/** A browser does; a script that accepts anything gets problem details. */
const wantsHtml = (context: Context): boolean =>
  context.accepts('application/problem+json', 'text/html') === 'text/html';

async function sendText(
  context: Context,
  answers: StatusAnswers,
  language: Language,
  {
    status,
    ...words
  }: {
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    readonly advice: string;
  },
): Promise<void> {
  const text = notThere({ ...words, path: context.path }, answers.context(language));
  const { plain, type } = await prepared(text, 'text/html; charset=utf-8');
  context.set(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'",
  );
  context.set('Cache-Control', 'no-store');
  context.vary('Accept');
  context.status = status;
  context.type = type;
  context.body = plain;
}

/** What a visitor wrote is shown back; not more of it than an address has sense. */
const shortened = (text: string): string => label(text, { max: LONGEST, empty: '?' });
