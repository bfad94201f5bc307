import { useState } from 'react';
import type { Next, StepName } from './steps';

const placeOf: Record<Next, StepName> = { audience: 'audience', content: 'content', check: 'check', mend: 'check', send: 'send', resume: 'send', decide: 'send', none: 'send' };

/** Where the next step is done. */
export function stepOf(next: Next): StepName {
  return placeOf[next];
}

export interface OpenSteps {
  open: ReadonlySet<StepName>;
  toggle: (name: StepName) => void;
  /** Opens a step and brings it into view. */
  reveal: (name: StepName) => void;
}

/** Which steps are unfolded: to begin with the next one, and whatever one opens after that. */
export function useOpenSteps(next: Next, known: boolean): OpenSteps {
  const [open, setOpen] = useState<ReadonlySet<StepName> | null>(null);
  if (open === null && known) setOpen(startWith(next));
  const shown = open ?? new Set<StepName>();
  return {
    open: shown,
    toggle: (name) => {
      const set = new Set(shown);
      if (!set.delete(name)) set.add(name);
      setOpen(set);
    },
    reveal: (name) => {
      setOpen(new Set(shown).add(name));
      requestAnimationFrame(() => bringUp(document.getElementById(`step-${name}`)));
    },
  };
}

/** A draft begins with its audience too: that is what the check and the sending are about. */
export function startWith(next: Next): Set<StepName> {
  const step = stepOf(next);
  return new Set(step === 'send' && next !== 'send' ? [step] : ['audience', step]);
}

/** Only the steps scroll: scrollIntoView would move the page around them too. */
function bringUp(step: HTMLElement | null): void {
  if (step?.parentElement) step.parentElement.scrollTop = step.offsetTop - 8;
}
