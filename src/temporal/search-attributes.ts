import type { ConnectionLike } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  TypedSearchAttributes,
  type SearchAttributePair,
  type SearchAttributeType,
} from '@temporalio/common';

/** A search attribute's name and type. */
export interface SearchAttribute {
  readonly name: string;
  readonly type: SearchAttributeType;
}

/**
 * The search attributes of contract 5. None of them holds personal text: the server keeps them
 * unencrypted, whatever the codec does to payloads. Workflows import this file too.
 */
export const searchAttributes = {
  guild: defineSearchAttributeKey('CastellanGuild', 'KEYWORD'),
  kind: defineSearchAttributeKey('CastellanKind', 'KEYWORD'),
  status: defineSearchAttributeKey('CastellanStatus', 'KEYWORD'),
  category: defineSearchAttributeKey('CastellanCategory', 'KEYWORD'),
  assignee: defineSearchAttributeKey('CastellanAssignee', 'KEYWORD'),
  priority: defineSearchAttributeKey('CastellanPriority', 'KEYWORD'),
  number: defineSearchAttributeKey('CastellanNumber', 'INT'),
  deadline: defineSearchAttributeKey('CastellanDeadline', 'DATETIME'),
  raised: defineSearchAttributeKey('CastellanRaised', 'BOOL'),
} as const;

/** What every workflow has from its start: its guild, of what kind it is, and more where it is known. */
export const startAttributes = (
  guildId: string,
  kind: string,
  ...more: SearchAttributePair[]
): TypedSearchAttributes =>
  new TypedSearchAttributes([
    { key: searchAttributes.guild, value: guildId },
    { key: searchAttributes.kind, value: kind },
    ...more,
  ]);

/** Every search attribute, as a list. */
export const allSearchAttributes: readonly SearchAttribute[] = Object.values(searchAttributes);

/** `IndexedValueType` of temporal/api/enums/v1/common.proto, and the CLI's word for each. */
const indexedValueTypes: Record<SearchAttributeType, { number: number; word: string }> = {
  TEXT: { number: 1, word: 'Text' },
  KEYWORD: { number: 2, word: 'Keyword' },
  INT: { number: 3, word: 'Int' },
  DOUBLE: { number: 4, word: 'Double' },
  BOOL: { number: 5, word: 'Bool' },
  DATETIME: { number: 6, word: 'Datetime' },
  KEYWORD_LIST: { number: 7, word: 'KeywordList' },
};

/** Every search attribute as `Name=Type`, as `temporal server start-dev --search-attribute` wants it. */
export function searchAttributeFlags(): string[] {
  return allSearchAttributes.map(({ name, type }) => `${name}=${indexedValueTypes[type].word}`);
}

/** The search attributes that a namespace lacks, or has with another type. */
export async function missingSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<
  { readonly name: string; readonly type: SearchAttributeType; readonly wrong: boolean }[]
> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return allSearchAttributes.flatMap(({ name, type }) => {
    const registered: number | undefined = customAttributes[name];
    if (registered === indexedValueTypes[type].number) return [];
    return [{ name, type, wrong: registered !== undefined }];
  });
}

/**
 * Registers the search attributes that the namespace lacks. Calling it again, or from several
 * processes at once, does no harm.
 *
 * @returns the names that this call registered
 * @throws Error when one exists with another type: it cannot be changed, only removed by hand.
 * @throws a gRPC error when the server cannot be reached or forbids it. Temporal Cloud has no
 *   operator service: there they are registered in its web page.
 */
export async function ensureSearchAttributes(
  connection: ConnectionLike,
  namespace: string,
): Promise<string[]> {
  const missing = await missingSearchAttributes(connection, namespace);
  const wrong = missing.filter((attribute) => attribute.wrong).map(({ name }) => name);
  if (wrong.length > 0) {
    throw new Error(
      `The Temporal namespace "${namespace}" has ${wrong.join(', ')} with another type. Remove it with "temporal operator search-attribute remove --namespace ${namespace} --name ${wrong[0] ?? ''}", then start again.`,
    );
  }
  if (missing.length === 0) return [];
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(({ name, type }) => [name, indexedValueTypes[type].number]),
      ),
    });
  } catch (error) {
    // Another process may have been faster; then nothing is missing any more.
    const still = await missingSearchAttributes(connection, namespace);
    if (still.length > 0) throw error;
    return [];
  }
  return missing.map(({ name }) => name);
}
