/** Where a dragged tab may be dropped: pinned tabs stay before the others. `index` counts the tabs before the place. */
export function dropPlace(
  index: number,
  { isPinned, pinned }: { isPinned: boolean; pinned: number },
): number {
  return isPinned ? Math.min(index, pinned) : Math.max(index, pinned);
}
