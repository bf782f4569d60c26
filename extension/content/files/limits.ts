// How much of what a person hands over is looked at. Reaching a limit is shown, never silent.

const MIB = 1 << 20;

/** Bytes of one file. A bigger one is looked at up to here. */
export const MOST_IN_FILE = 64 * MIB;

/** Bytes of everything that is handed over at once, as it is and unpacked: a folder of thousands of files, or a few archives. */
export const MOST_AT_ONCE = 256 * MIB;

/** Unpacked bytes of one archive, those of archives in it included. A few kilobytes can hold gigabytes. */
export const MOST_UNPACKED = 128 * MIB;

/** Files of one archive. */
export const MOST_ENTRIES = 1_000;

/** Archives in one another. */
export const DEEPEST = 3;

/** Bytes that are read and judged at a time. */
export const WINDOW = 1 * MIB;

/** Bytes that a window repeats of the one before it: longer than a key with all that its rule looks for around it. */
export const OVERLAP = 64 * 1024;
