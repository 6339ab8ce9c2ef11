/** On the window: the terminal that is shown goes to the command block before or after the current one. */
export const PREVIOUS_BLOCK_EVENT = 'carrel-previous-block';
export const NEXT_BLOCK_EVENT = 'carrel-next-block';
