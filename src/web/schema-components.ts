import { z } from 'zod';

/**
 * Schemas as an OpenAPI document holds them, by their names.
 *
 * @param schemas with an id each
 */
export function schemaComponents(
  schemas: z.core.$ZodRegistry<{ readonly id: string }>,
): Readonly<Record<string, unknown>> {
  const { schemas: found } = z.toJSONSchema(schemas, {
    uri: (id) => `#/components/schemas/${id}`,
    target: 'draft-2020-12',
  });
  return Object.fromEntries(
    Object.entries(found).map(([name, schema]) => [
      name,
      // The document says which draft it is, and the names are the places.
      Object.fromEntries(Object.entries(schema).filter(([key]) => !/^\$(?:schema|id)$/.test(key))),
    ]),
  );
}
