import type { Field } from './form';

/**
 * Reads the type of a component.
 * @returns it, if it is one of `allowed`; else it is reported
 */
export function componentType<T extends number>(
  component: Field,
  allowed: readonly T[],
): T | undefined {
  const type = component.child('type');
  if (type.absent) {
    type.reportRequired();
    return undefined;
  }
  const found = allowed.find((one) => one === type.value);
  if (found === undefined) {
    type.report(
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}).`,
    );
  }
  return found;
}
