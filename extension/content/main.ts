// Starts in every frame at document_start, before any page script.

import { onPaste } from './guard';
import { keepRegistered } from './rearm';
import { arm } from './warning';

keepRegistered(() => {
  // Window and capture phase: nothing that a page registers later comes before it. No AbortSignal: it is never taken away.
  window.addEventListener('paste', onPaste, true);
  arm();
});
