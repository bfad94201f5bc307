import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Section } from '@/components/page/Page';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ContentService } from '@/lib/generated/api';
import css from '../senders/senders.module.css';
import { useRemoveService, useServices } from './api';
import { ServiceForm } from './ServiceForm';

/** Programs of the business that are asked, by REST, what e-mails should say. */
export function Services() {
  const services = useServices();
  const remove = useRemoveService();
  const [edited, setEdited] = useState<ContentService | 'new' | null>(null);
  const add = (
    <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setEdited('new')}>
      Add a content service
    </Button>
  );
  return (
    <>
      {services.error && <ErrorState error={services.error} title="The content services could not be read" onRetry={() => void services.refetch()} />}
      {services.isPending && <LoadingRows rows={3} />}
      {services.data?.length === 0 && (
        <EmptyState title="No content service" drawing="letter" action={add}>
          If a program of yours knows what an e-mail should say to each person (a price, an offer, points, the weather), Mailwright asks it before composing. It is told the attributes you choose, and nothing else leaves this machine.
        </EmptyState>
      )}
      {services.data && services.data.length > 0 && (
        <Section title="Content services" aside={add}>
          <ul className={css.senders}>
            {services.data.map((s) => (
              <li key={s.slug} className={css.sender}>
                <div className={css.line}>
                  <span className={css.grow}>
                    <button type="button" className={css.name} onClick={() => setEdited(s)}>
                      {s.name}
                    </button>
                    <span className={css.summary}>
                      services.{s.slug}, asked at {s.settings.url}, told {s.settings.fields.join(', ') || 'nothing but a number'}
                      {s.used_by.length > 0 && `, used by ${s.used_by.join(', ')}`}
                    </span>
                  </span>
                  <Tooltip label="Remove">
                    <ActionIcon aria-label={`Remove ${s.name}`} onClick={() => remove.mutate(s)}>
                      <IconTrash size={15} />
                    </ActionIcon>
                  </Tooltip>
                </div>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <ServiceForm service={edited} onClose={() => setEdited(null)} />
    </>
  );
}
