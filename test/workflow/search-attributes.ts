import { temporal } from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { searchAttributes } from '../../src/temporal/search-attributes';

/** Tells a time-skipping server of the search attributes of contract 5. */
export async function registerSearchAttributes(env: TestWorkflowEnvironment): Promise<void> {
  const { guild, kind, status, category, assignee, priority, number, raised } = searchAttributes;
  const keywords = [guild, kind, status, category, assignee, priority].map(({ name }) => name);
  const { INDEXED_VALUE_TYPE_KEYWORD, INDEXED_VALUE_TYPE_INT, INDEXED_VALUE_TYPE_BOOL } =
    temporal.api.enums.v1.IndexedValueType;
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: {
      ...Object.fromEntries(keywords.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
      [number.name]: INDEXED_VALUE_TYPE_INT,
      [raised.name]: INDEXED_VALUE_TYPE_BOOL,
    },
  });
}
