/** Never on an update; never for whoever loads the extension from a folder, over and over; and not where a company has said no. */
export function greets(reason: string, installed: string, wanted: unknown): boolean {
  return reason === 'install' && installed !== 'development' && wanted !== false;
}
