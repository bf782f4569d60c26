/**
 * A document as it is where no element is named like one of its properties: after `<form name=activeElement>`, `document.activeElement` is
 * that form, in the isolated worlds of Chromium too. For reading and calling; it is no node itself.
 */
export function genuine(owner: Document): Document {
  return new Proxy(owner, {
    get(self, name) {
      const value: unknown = Reflect.get(Document.prototype, name, self);
      return typeof value === 'function' ? value.bind(self) : value;
    },
  });
}
