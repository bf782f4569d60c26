// The inside of the rival's frame: two buttons and, where the browser has it, its own proof of visibility.

declare const chrome: {
  tabs: {
    query(wanted: object): Promise<{ id: number }[]>;
    sendMessage(tab: number, message: unknown): Promise<unknown>;
  };
};

const HELD = 500;

let visible = !('isVisible' in IntersectionObserverEntry.prototype);
let since = performance.now();

const observer = new IntersectionObserver(
  (entries) => {
    const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible: boolean }) | undefined;
    const now = last?.isVisible === true && last.intersectionRatio >= 0.99;
    if (now && !visible) since = performance.now();
    visible = now;
  },
  { trackVisibility: true, delay: 100, threshold: [0, 0.5, 0.99, 1] } as IntersectionObserverInit,
);
if (!visible) observer.observe(document.body);

for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', (event) => {
    if (!event.isTrusted) return;
    const proved = visible && performance.now() - since >= HELD && document.visibilityState === 'visible';
    if (button.id === 'keep-out' || proved) void tell(button.id);
  });
}

requestAnimationFrame(() => requestAnimationFrame(() => void tell('ready')));

async function tell(rival: string): Promise<void> {
  // Firefox does not tell a frame in which tab it is.
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab !== undefined) await chrome.tabs.sendMessage(tab.id, { rival });
}
