/**
 * Where a text stops being JSON: the offset of the first character that cannot
 * stand where it does, or the length of a text that ends too early. Engines
 * refuse such a text too, but not all say where.
 */
export function slipOf(text: string): number {
  let at = 0;
  const space = /[ \t\n\r]*/y;
  const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

  const take = (re: RegExp): boolean => {
    re.lastIndex = at;
    const found = re.test(text);
    if (found) at = re.lastIndex;
    return found;
  };
  const sign = (c: string): boolean => {
    take(space);
    if (text[at] !== c) return false;
    at++;
    return true;
  };
  /** Members of a list or an object, to its closing sign. */
  const members = (close: string, one: () => boolean): boolean => {
    if (sign(close)) return true;
    do if (!one()) return false;
    while (sign(','));
    return sign(close);
  };
  const value = (): boolean => {
    if (sign('{')) return members('}', () => (take(space), take(string)) && sign(':') && value());
    if (sign('[')) return members(']', value);
    return take(string) || take(scalar);
  };

  if (!value()) return at;
  take(space);
  return at;
}
