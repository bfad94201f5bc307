import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import { Content, Segments } from '@/lib/generated/api';
import { useStatus } from '@/lib/status';
import css from './Page.module.css';
import { nextStep } from './next-step';

/** The one thing to do next. */
export function NextStep() {
  const status = useStatus().data;
  const segments = useQuery({ queryKey: ['segments', 'list'], queryFn: ({ signal }) => Segments.list(signal) });
  const templates = useQuery({ queryKey: ['content', 'templates'], queryFn: ({ signal }) => Content.templates(signal) });
  if (!status || !segments.data || !templates.data) return <div className={css.next} />;
  const step = nextStep({ contacts: status.contacts, events: status.events, segments: segments.data.length, templates: templates.data.length });
  return (
    <section className={css.next} aria-label="What to do next">
      <div>
        <h2>{step.title}</h2>
        <p>{step.message}</p>
      </div>
      <Button component={Link} to={step.to} variant="filled" rightSection={<IconArrowRight size={15} />}>
        {step.action}
      </Button>
    </section>
  );
}
