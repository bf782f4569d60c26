// What to do about a key that got out, in the order in which it helps. Nothing is done for the person, and no page is opened unasked.

import { localized } from '../shared/browser';
import type { Kind } from '../shared/messages';
import { button, linkOr, make, save } from '../shared/page';

interface Step {
  readonly title: string;
  readonly text: string;
  /** An address, or the way there in words. */
  readonly where?: string;
  readonly link?: string;
}

export function plan(kind: Kind): HTMLElement {
  const steps = stepsOf(kind);
  const list = make(
    'ol',
    { class: 'steps' },
    ...steps.map(({ title, text, where = '', link = '' }) =>
      make(
        'li',
        {},
        make('strong', {}, title),
        ` ${text} `,
        where === '' ? null : make('span', {}, linkOr(where, link)),
      ),
    ),
  );
  const file = button(localized('planSave'), () =>
    save(`keystay-${kind.id}.md`, 'text/markdown', markdown(kind, steps)),
  );
  const public_ = make(
    'p',
    { class: 'quiet small' },
    localized(kind.partner ? 'planPartner' : 'planNoPartner', [kind.provider]),
  );
  return make('div', { class: 'stack' }, list, public_, file);
}

/** About a secret that the person registered: where it is valid, only they know. */
export function ownPlan(): HTMLElement {
  const steps = [
    [localized('planContain'), localized('planContainText')],
    [localized('planRevoke'), localized('planRevokeOwn')],
    [localized('planReplace'), localized('planReplaceText')],
    [localized('planClean'), localized('planCleanText')],
  ];
  const items = steps.map(([title, text]) => make('li', {}, make('strong', {}, title ?? ''), ` ${text}`));
  return make('ol', { class: 'steps' }, ...items);
}

function stepsOf({ provider, revoke, docs }: Kind): Step[] {
  return [
    { title: localized('planContain'), text: localized('planContainText') },
    {
      title: localized('planRevoke'),
      text: localized('planRevokeText', [provider]),
      where: revoke,
      link: localized('planRevokeLink', [provider]),
    },
    { title: localized('planReplace'), text: localized('planReplaceText') },
    {
      title: localized('planLog'),
      text: localized('planLogText', [provider]),
      where: docs,
      link: localized('planDocsLink', [provider]),
    },
    { title: localized('planClean'), text: localized('planCleanText') },
  ];
}

/** A checklist without the key. */
function markdown({ name }: Kind, steps: readonly Step[]): string {
  const lines = steps.map(
    ({ title, text, where = '' }) => `- [ ] **${title}** ${text}${where === '' ? '' : ` ${where}`}`,
  );
  return `# ${name}\n\n${lines.join('\n')}\n`;
}
