/** Whether a call that was allowed could do what it was to do: commands say it by their exit code, other tools said it nowhere. */
export const failedCalls = `
  ALTER TABLE approval ADD COLUMN failed INTEGER; -- absent until it has ended
`;
