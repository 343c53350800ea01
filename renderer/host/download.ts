/** Gives a file to the browser, which asks where or puts it with its downloads: a way out that needs no host. */
export function download(content: string | Blob, name: string, type?: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], type === undefined ? {} : { type }));
  link.download = name;
  link.click();
  // What is being written must still be there.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
