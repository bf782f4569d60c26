/** By this name the formats of Word, Excel and PowerPoint are known; each is a zip archive with it. */
export const CONTENT_TYPES = '[Content_Types].xml';

/**
 * The text of a document's part as a reader sees it: word processors cut a line into pieces wherever they like, and a key with it.
 * A paragraph or a cell becomes a line, so that its number says where to look.
 */
export function textOf(xml: string): string {
  return xml.replace(/<(\/?)([^<>\s/]*)[^<>]*>/g, (_, closing: string, name: string) => {
    if (closing === '/' && /^(?:[wa]:p|si|c|row)$/.test(name)) return '\n';
    return /^w:(?:br|tab)$/.test(name) ? ' ' : '';
  });
}
