/** The list with the item at one place put to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = [...list];
  const [item] = out.splice(from, 1);
  if (item === undefined || to < 0 || to > out.length) return [...list];
  out.splice(to, 0, item);
  return out;
}
