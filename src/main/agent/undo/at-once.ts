/** Files held open at the same time: a system has no more than some hundreds for a program. */
const LIMIT = 8;

/** What `act` makes of each, several at once, in the order of the items. */
export async function mapAtOnce<Item, Made>(
  items: Iterable<Item>,
  act: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  const waiting = [...items].entries();
  const takeNext = async () => {
    for (const [index, item] of waiting) made[index] = await act(item);
  };
  await Promise.all(Array.from({ length: LIMIT }, takeNext));
  return made;
}
