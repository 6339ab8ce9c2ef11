/** Saves a text as a file, where the browser or the system asks to. */
export function downloadText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun when the click returns, and reads the blob by itself.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
