/** By this name the formats of Word, Excel and PowerPoint are known; each is a zip archive with it. */
export const CONTENT_TYPES = '[Content_Types].xml';

/**
 * The text of a document's part as a reader sees it: word processors cut a line into pieces wherever they like, and a key with it.
 * A paragraph or a cell becomes a line, so that its number says where to look.
 */
export function textOf(xml: string): string {
  // One class and nothing after it that it could take as well: linear, whatever the text.
  return xml.replace(/<[^<>]*>/g, (tag) => {
    if (/^<\/(?:[wa]:p|si|c|row)>/.test(tag)) return '\n';
    return /^<w:(?:br|tab)\b/.test(tag) ? ' ' : '';
  });
}
