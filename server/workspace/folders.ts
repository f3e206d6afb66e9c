/** Folders that hold other people's files; a search does not go into them. */
export const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', 'vendor']);

/** How many folders deep a search goes. */
export const deepestFolder = 32;
