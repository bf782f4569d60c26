// Starts in every frame at document_start, before any page script.

import { FILE, READ, SEND, SEND_NOW } from '../shared/channel';
import { showLife } from './alive';
import { openChannel } from './channel';
import { onRead } from './clipboard';
import { arm as armInput, onChoose, onClick } from './files/choose';
import { onFile } from './files/handles';
import { onDrop, onPaste } from './guard';
import { onDragStart } from './origin';
import { keepRegistered } from './rearm';
import { arm as armSending } from './sending';
import { onSend, onSendNow } from './sending/net';
import { onPageShow, watchTold } from './told';
import { arm as armTyping } from './typing';
import { wake } from './wake';
import { arm } from './warning';

keepRegistered(() => {
  // Window and capture phase: nothing that a page registers later comes before it. No AbortSignal: it is never taken away.
  window.addEventListener('paste', onPaste, true);
  window.addEventListener('drop', onDrop, true);
  window.addEventListener('dragstart', onDragStart, true);
  window.addEventListener('dragstart', onDragStart);
  window.addEventListener('click', onClick, true);
  window.addEventListener('input', onChoose, true);
  window.addEventListener('change', onChoose, true);
  window.addEventListener('pageshow', onPageShow, true);
  for (const type of ['keydown', 'contextmenu', 'dragenter']) window.addEventListener(type, wake, true);
  arm();
  armTyping();
  armSending();
}, armInput);

openChannel({ [READ]: onRead, [FILE]: onFile, [SEND]: onSend, [SEND_NOW]: onSendNow });
watchTold();
showLife();
