/** A copy of a record without one key; the same record where the key is absent. */
export function without<Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  key: Key,
): Readonly<Record<Key, Value>> {
  if (!(key in record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key)) as Record<Key, Value>;
}
