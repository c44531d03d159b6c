/** Makes a value when it is first asked for, and the same one ever after. What throws is tried again. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
