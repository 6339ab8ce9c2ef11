const counts = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const small = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `84,200` */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** In short: `656K`, `13.5M`. */
export function formatTokens(tokens: number): string {
  return short.format(tokens);
}

/** US dollars: `$18.92`, small ones with the two digits that matter: `$0.016`. */
export function formatDollars(dollars: number): string {
  // From here on two digits that matter are two decimals.
  return dollars > 0 && dollars < 0.0995 ? small.format(dollars) : cents.format(dollars);
}

/** `812 B`, `4.1 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${tenths.format(value)} ${unit}`;
}

/** A window as its maker calls it: 200K, 1M, and 128K for both 128,000 and 131,072. */
export function windowInWords(tokens: number): string {
  const isBinary = tokens % 1000 !== 0 && tokens % 1024 === 0;
  const thousands = tokens / (isBinary ? 1024 : 1000);
  const thousand = isBinary ? 1024 : 1000;
  if (thousands < 1) return String(tokens);
  return thousands < 999.5 ? `${Math.round(thousands)}K` : `${Math.round((thousands / thousand) * 10) / 10}M`;
}
