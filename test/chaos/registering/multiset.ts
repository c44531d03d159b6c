/** What is in `one` and not in `other`, each as often as it is there more often. */
export function surplus<Item>(one: readonly Item[], other: readonly Item[]): Item[] {
  const left = [...other];
  return one.filter((item) => {
    const at = left.indexOf(item);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}
