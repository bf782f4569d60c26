// Folders that are dropped. A page walks through them by entries that only a real drop carries.

/** Everything that was dropped, if a folder is among it. To be called while the event runs. */
export function foldersIn(data: DataTransfer): FileSystemEntry[] {
  const entries = Array.from(data.items)
    .map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
    .filter((entry) => entry !== null);
  return entries.some(({ isDirectory }) => isDirectory) ? entries : [];
}

export async function filesIn(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        // Some at a time, until there are none.
        const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        files.push(...(await filesIn(some)));
      }
    } else {
      files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    }
  }
  return files;
}
