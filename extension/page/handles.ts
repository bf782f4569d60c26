// Files that a page reads through a handle: from `showOpenFilePicker()`, from a folder that it was given, or kept from an earlier visit.
// Every reading is looked at, because the file may have changed; what lies in the site's own storage the page has already.
//
// Firefox has handles for that storage only.

import { FILE } from '../shared/channel';
import { ask, question } from './channel';
import { after, apply, bare, getter, type Native, promise, wrap } from './natives';

type Settle = (value: unknown) => void;

if ('showOpenFilePicker' in globalThis && typeof FileSystemFileHandle === 'function') {
  const NativeDataTransfer = DataTransfer;
  const NativeDOMException = DOMException;
  const NativeDragEvent = DragEvent;
  const { getDirectory } = StorageManager.prototype;
  const { resolve: pathOf } = FileSystemDirectoryHandle.prototype;
  const { add } = DataTransferItemList.prototype;
  const { item } = FileList.prototype;
  const itemsOf = getter(DataTransfer.prototype, 'items');
  const filesOf = getter(DataTransfer.prototype, 'files') as Native;
  const dataOf = getter(DragEvent.prototype, 'dataTransfer') as Native;
  const { storage } = navigator;

  wrap(FileSystemFileHandle.prototype, 'getFile', (native, self, values) =>
    promise((resolve, reject) => {
      const take = (file: File) => {
        const inOwnStorage = (path: unknown) => (path === null ? decide(file, resolve, reject) : resolve(file));
        const unknown = () => decide(file, resolve, reject);
        after(
          apply(getDirectory, storage, []),
          (root) => after(apply(pathOf as Native, root, [self]), inOwnStorage, unknown),
          unknown,
        );
      };
      after(apply(native, self, values), take, reject);
    }),
  );

  function decide(file: File, resolve: Settle, reject: Settle): void {
    const about = question();
    const data = new NativeDataTransfer();
    apply(add as Native, apply(itemsOf, data, []), [file]);
    const letGo = () => resolve(file);
    const replaced = (_: string, answer: Event) =>
      resolve(apply(item as Native, apply(filesOf, apply(dataOf, answer, []), []), [0]));
    const keptOut = () => reject(new NativeDOMException('The request is not allowed.', 'NotAllowedError'));
    const asking = new NativeDragEvent(FILE, bare({ relatedTarget: about, cancelable: true, dataTransfer: data }));
    if (ask(FILE, about, { letGo, replaced, keptOut }, asking)) letGo();
  }
}
