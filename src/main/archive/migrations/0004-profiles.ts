/** A profile is remembered by its name: what it runs is looked up each time. Empty means none, as with a title. */
export const profiles = `
  ALTER TABLE session ADD COLUMN profile TEXT NOT NULL DEFAULT '';
  ALTER TABLE session ADD COLUMN colour TEXT NOT NULL DEFAULT '';
  ALTER TABLE session ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
`;
