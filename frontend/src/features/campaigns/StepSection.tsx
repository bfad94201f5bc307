import { IconAlertTriangle, IconCheck, IconChevronRight } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import css from './campaigns.module.css';
import type { Step } from './steps';

interface Props {
  step: Step;
  title: string;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

const spoken: Record<Step['state'], string> = { done: 'done', attention: 'needs attention', next: 'next', later: 'later', working: 'under way' };

/** One step of a campaign: its state on a line, and what there is to do under it. */
export function StepSection({ step, title, open, onToggle, children }: Props) {
  const id = useId();
  return (
    <section className={css.step} data-state={step.state} aria-labelledby={id} id={`step-${step.name}`}>
      <h2 className={css.stepHead}>
        <button type="button" id={id} aria-expanded={open} aria-controls={`${id}-body`} onClick={onToggle}>
          <Sign state={step.state} />
          <span className={css.stepTitle}>{title}</span>
          <span className="visually-hidden">, {spoken[step.state]}</span>
          <span className={css.stepSays}>{step.says}</span>
          <IconChevronRight size={16} className={css.chevron} aria-hidden />
        </button>
      </h2>
      <div id={`${id}-body`} className={css.stepBody} hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}

function Sign({ state }: { state: Step['state'] }) {
  return (
    <span className={css.sign} data-state={state} aria-hidden>
      {state === 'done' && <IconCheck size={13} stroke={3} />}
      {state === 'attention' && <IconAlertTriangle size={13} stroke={2} />}
    </span>
  );
}
