// The warning's looks. Three properties of this sheet are security, not taste:
// - `!important` in a shadow tree beats every declaration of the page, inline `!important` included, and a host without a box
//   has no opacity, transform, clip-path or filter that could hide what is inside. The card itself is out of the page's reach.
// - Only generic font families: a page can define an @font-face for any other name, and draw other words with our letters.
// - No custom properties (a page can register them with another type), and no animation or transition (a page can list
//   running animations, and they delay the proof of visibility).
// Sizes are in px: the page's root font size must not reach us. The browser's own zoom scales px.
// A long list scrolls inside itself, so that what it is about and the buttons stay in view; in a small frame the card takes all
// of the room and scrolls as a whole. Comments stand here and not in the sheet, because the sheet ships to every frame.

const INK = 'light-dark(#1c2326, #e8edef)';
const QUIET = 'light-dark(#55616a, #a8b3ba)';
const CARD = 'light-dark(#ffffff, #20272b)';
const WELL = 'light-dark(#f1f4f5, #171d20)';
const LINE = 'light-dark(#d3dade, #3d484e)';
const ACCENT = 'light-dark(#0a6a62, #57c7b8)';
const ACCENT_HOVER = 'light-dark(#085650, #7ad6c9)';
const ON_ACCENT = 'light-dark(#ffffff, #08201d)';

/** For the warning and for the small status alike. */
const BASE = `
:host { all: initial !important; display: contents !important; direction: ltr !important; unicode-bidi: normal !important; }
* { box-sizing: border-box; }
p, h2, ul { margin: 0; padding: 0; }
.icon { flex: none; stroke: ${ACCENT}; }
`;

const SURFACE = `
  color-scheme: light dark;
  visibility: visible;
  border: 1px solid ${LINE};
  background: ${CARD};
  color: ${INK};
  font: 15px/1.45 system-ui, sans-serif;
  text-align: start;
  overflow-wrap: anywhere;
  cursor: default;
  user-select: none;
`;

export const WARNING = `${BASE}
dialog {
  ${SURFACE}
  position: fixed;
  inset: 24px 0 auto;
  margin: 0 auto;
  width: min(420px, calc(100vw - 16px));
  max-width: none;
  height: auto;
  max-height: calc(100vh - 48px);
  overflow: auto;
  overscroll-behavior: contain;
  padding: 20px;
  border-radius: 14px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 12px 40px rgb(0 0 0 / 28%);
  outline: none;
}
dialog[open] { display: flex; flex-direction: column; }
.view { display: contents; }
.view > *, .trouble { flex: none; }
dialog::backdrop { background: rgb(10 20 24 / 14%); }
.brand { display: flex; align-items: center; gap: 8px; color: ${QUIET}; font-size: 13px; font-weight: 600; }
h2 { margin-top: 10px; font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; text-wrap: pretty; }
code { font: 13px/1.5 ui-monospace, monospace; unicode-bidi: isolate; }
.value { margin-top: 12px; padding: 9px 12px; border-radius: 8px; background: ${WELL}; }
.view > ul { flex: 0 1 auto; min-height: 92px; overflow: auto; overscroll-behavior: contain; }
ul { margin-top: 12px; list-style: none; border-radius: 8px; background: ${WELL}; }
ul:focus-visible { outline: 3px solid ${ACCENT}; outline-offset: 2px; }
li { padding: 8px 12px; }
li + li { border-top: 1px solid ${LINE}; }
.name { font-weight: 600; }
.tag, .more, .instead { color: ${QUIET}; }
.tag { font-size: 13px; }
.place { overflow-wrap: anywhere; color: ${QUIET}; }
p.place { margin-top: 6px; }
span.place { display: block; }
.values { display: flex; flex-wrap: wrap; column-gap: 8px; }
#message { margin-top: 12px; }
bdi { font-weight: 650; }
#message p + p { margin-top: 8px; }
.note { padding-inline-start: 10px; border-inline-start: 3px solid ${ACCENT}; }
.trouble:not(:empty) { margin-top: 16px; padding: 9px 12px; border: 1px solid ${ACCENT}; border-radius: 8px; }
.choices, .group { display: grid; gap: 10px; }
.choices { margin-top: 16px; }
h3 { margin: 12px 0 2px; font-size: 15px; font-weight: 650; }
.group { margin-top: 4px; gap: 8px; }
.group p { color: ${QUIET}; font-size: 14px; }
.group:has([aria-pressed]) { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.group:has([aria-pressed]) p { grid-column: 1 / -1; }
li .group { gap: 6px; margin-top: 6px; }
button {
  display: grid;
  place-items: center;
  min-height: 44px;
  padding: 8px 14px;
  border: 1px solid ${LINE};
  border-radius: 10px;
  background: transparent;
  color: ${INK};
  font: 550 15px/1.35 system-ui, sans-serif;
  text-align: center;
  overflow-wrap: anywhere;
  cursor: default;
  touch-action: manipulation;
}
button:hover { background: ${WELL}; }
button:focus-visible { outline: 3px solid ${ACCENT}; outline-offset: 2px; }
button[data-choice='keep-out'] { border-color: transparent; background: ${ACCENT}; color: ${ON_ACCENT}; }
button[data-choice='keep-out']:hover { background: ${ACCENT_HOVER}; }
button[data-choice='placeholder'], button[data-reason], button[aria-pressed] { font-weight: 500; font-size: 14px; }
button[aria-pressed] { padding: 6px; font-size: 13px; }
button[aria-pressed='true'] { border: 2px solid ${ACCENT}; padding: 5px; color: ${ACCENT}; font-weight: 650; }
button[data-choice='mixed'] { font-weight: 500; }
.quiet { display: flex; flex-wrap: wrap; justify-content: center; column-gap: 8px; margin-bottom: -8px; }
button[data-choice='anyway'], button[data-view] {
  min-width: 44px;
  border-color: transparent;
  color: ${QUIET};
  font-weight: 400;
  font-size: 14px;
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 3px;
}
button[aria-disabled='true'] { opacity: 0.45; background: transparent; }

@media (max-height: 420px), (max-width: 340px) {
  dialog { top: 4px; width: min(420px, calc(100vw - 8px)); max-height: calc(100vh - 8px); padding: 14px; border-radius: 10px; }
  h2 { margin-top: 6px; font-size: 17px; }
  .choices { margin-top: 12px; }
}
@media (prefers-contrast: more) {
  dialog, button { border-color: ${INK}; }
  .brand, .tag, .more, .instead, .group p, button[data-choice='anyway'], button[data-view] { color: ${INK}; }
}
@media (forced-colors: active) {
  dialog { border: 2px solid CanvasText; }
  .icon { stroke: CanvasText; }
  .value, ul { border: 1px solid CanvasText; }
  button { border-color: ButtonText; }
  button[data-choice='keep-out'], button[data-choice='keep-out']:hover { forced-color-adjust: none; background: CanvasText; color: Canvas; }
  button[aria-pressed='true'] { border-color: CanvasText; }
  button[aria-disabled='true'] { opacity: 1; border-color: GrayText; color: GrayText; }
}
`;

export const STATUS = `${BASE}
[role='status'] {
  ${SURFACE}
  position: fixed;
  inset: 24px 0 auto;
  margin: 0 auto;
  width: fit-content;
  max-width: min(420px, calc(100vw - 16px));
  height: auto;
  overflow: hidden;
  padding: 10px 16px 10px 12px;
  border-radius: 12px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 6px 24px rgb(0 0 0 / 22%);
  pointer-events: none;
}
[role='status']:popover-open { display: flex; align-items: center; gap: 10px; }
@media (max-height: 240px) { [role='status'] { top: 4px; } }
`;

/** Beside a field: smaller than the warning, and as near to the text as can be without lying on it. */
export const CHIP = `${BASE}
[role='group'] {
  ${SURFACE}
  position: fixed;
  inset: 0 auto auto 0;
  margin: 0;
  width: max-content;
  max-width: min(640px, calc(100vw - 12px));
  height: auto;
  overflow: hidden;
  padding: 5px 8px;
  border-radius: 10px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 6px 24px rgb(0 0 0 / 22%);
  font-size: 13px;
}
[role='group']:popover-open { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
.sent { inset: 12px 0 auto; margin: 0 auto; padding: 8px 12px; }
.sent a { padding-block: 4px; color: ${ACCENT}; text-underline-offset: 3px; }
.sent kbd { display: inline-block; }
code { font: 12px/1.5 ui-monospace, monospace; unicode-bidi: isolate; }
kbd { margin-inline-start: 6px; color: ${QUIET}; font: 11px/1.5 system-ui, sans-serif; }
button, a { border-radius: 8px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: pre; }
button {
  min-height: 28px;
  padding: 2px 8px;
  border: 1px solid ${LINE};
  background: transparent;
  color: ${INK};
  font: 500 13px/1.3 system-ui, sans-serif;
  cursor: default;
}
button[hidden] { display: none; }
button:hover { background: ${WELL}; }
:is(button, a):focus-visible { outline: 2px solid ${ACCENT}; outline-offset: 1px; }
@media (prefers-contrast: more) { [role='group'], button { border-color: ${INK}; } kbd { color: ${INK}; } }
@media (forced-colors: active) { .icon { stroke: CanvasText; } button { border-color: ButtonText; } }
`;
