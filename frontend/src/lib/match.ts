/**
 * Finds items by a few letters: each word of the text must begin a word of one
 * of the item's names, or stand inside its first. Best first: the first name
 * begins with the text, then any word does, then the rest.
 */
export function match<T>(text: string, items: T[], names: (item: T) => string[]): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const rank = (item: T): number => {
    const [first = '', ...others] = names(item).map((n) => n.toLowerCase());
    const begins = (w: string) => ` ${first}`.includes(` ${w}`);
    if (first.startsWith(words.join(' '))) return 0;
    if (words.every(begins)) return 1;
    if (words.every((w) => begins(w) || others.some((o) => o.startsWith(w)))) return 2;
    return words.every((w) => first.includes(w)) ? 3 : -1;
  };
  return items
    .map((item) => ({ item, at: rank(item) }))
    .filter((r) => r.at >= 0)
    .sort((a, b) => a.at - b.at)
    .map((r) => r.item);
}
