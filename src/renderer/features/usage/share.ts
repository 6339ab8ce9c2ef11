/** `71%`, or `none` where there is nothing of it. */
export function percentOf(part: number, whole: number): string {
  if (part === 0 || whole === 0) return 'none';
  const percent = Math.round((part / whole) * 100);
  return percent === 0 ? '<1%' : `${percent}%`;
}
