/** Time zones and currencies to choose from, as the system knows them. */

export function zones(): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes('UTC') ? known : ['UTC', ...known];
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Codes with their names, the usual ones first. */
export function currencies(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const usual = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'CAD', 'AUD', 'JPY', 'RUB'];
  const codes = new Set([...usual, ...Intl.supportedValuesOf('currency')]);
  return [...codes].map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }));
}
