/** Copies text after a click or key; says whether it worked. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** Needs no permission, which a host may refuse the page. */
function copyByCommand(text: string): boolean {
  let isCopied = false;
  function onCopy(event: ClipboardEvent): void {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    isCopied = true;
  }
  document.addEventListener('copy', onCopy, { once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', onCopy);
  return isCopied;
}
