// What is known of single editors, as data: only of those whose text cannot be read where the person types.

export interface Editor {
  /** Around everything that belongs to one editor. */
  readonly root: string;
  /** In it, the lines as they are drawn. */
  readonly lines: string;
}

/** Their hidden field holds the line that is written, and what they draw still shows for a while what was taken out. */
export const KEEPERS = '.ace_editor';

export const EDITORS: readonly Editor[] = [
  // Monaco takes keys in a field that holds a few characters, or through EditContext, and draws the text elsewhere.
  { root: '.monaco-editor', lines: '.view-lines' },
];
