const DAY_MS = 86_400_000;

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment as short as it can be told from `now`, both in milliseconds since 1970: `14:02`, `Thu 16:02`, `3 Nov`, `3 Nov 2024`. */
export function formatWhen(at: number, now = Date.now()): string {
  const [moment, present] = [new Date(at), new Date(now)];
  if (moment.toDateString() === present.toDateString()) return time.format(moment);
  if (at < now && now - at < 6 * DAY_MS) return `${weekday.format(moment)} ${time.format(moment)}`;
  const isThisYear = moment.getFullYear() === present.getFullYear();
  return (isThisYear ? day : dayAndYear).format(moment);
}
