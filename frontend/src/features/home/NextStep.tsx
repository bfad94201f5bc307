import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { NextStep as Step } from '@/lib/generated/api';
import css from './Page.module.css';

/** The one thing to do next; the program says which. */
export function NextStep({ step }: { step: Step }) {
  return (
    <section className={css.next} aria-label="What to do next">
      <div>
        <h2>{step.title}</h2>
        <p>{step.message}</p>
      </div>
      <Button component="a" href={`#${step.route}`} variant="filled" rightSection={<IconArrowRight size={15} />}>
        {step.action}
      </Button>
    </section>
  );
}
