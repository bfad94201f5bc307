import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Page, Section } from '@/components/page/Page';
import { useSomebody } from '@/components/preview/useSomebody';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { useActions } from '@/lib/actions';
import { useBlocks, useTemplates } from './api';
import { BlockCard } from './list/BlockCard';
import { NewContent } from './list/NewContent';
import { TemplateCard } from './list/TemplateCard';
import css from './list/List.module.css';

/** Templates, as what somebody gets of them, and the blocks they share. */
export default function ContentPage() {
  const templates = useTemplates();
  const blocks = useBlocks();
  const [making, setMaking] = useState<'template' | 'block' | null>(null);
  const { contact } = useSomebody();
  useActions([
    { name: 'content.new', label: 'New template', keys: 'n', section: 'Content', icon: IconPlus, perform: () => setMaking('template') },
    { name: 'content.new-block', label: 'New reusable block', section: 'Content', icon: IconPlus, perform: () => setMaking('block') },
  ]);
  const none = templates.data?.length === 0;
  return (
    <Page
      title="Content"
      subtitle="E-mails made of blocks; rules choose what each person gets"
      actions={
        !none && (
          <Button variant="filled" leftSection={<IconPlus size={15} />} onClick={() => setMaking('template')}>
            New template
          </Button>
        )
      }
    >
      {templates.isError ? (
        <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
      ) : !templates.data ? (
        <LoadingRows />
      ) : none ? (
        <EmptyState
          title="No templates yet"
          drawing="blocks"
          action={
            <Button variant="filled" onClick={() => setMaking('template')}>
              New template
            </Button>
          }
        >
          A template is an e-mail made of blocks, each with variants that rules choose from.
        </EmptyState>
      ) : (
        <ul className={css.cards} aria-label="Templates">
          {templates.data.map((t) => (
            <TemplateCard key={t.slug} template={t} contact={contact?.id ?? 0} />
          ))}
        </ul>
      )}
      {!none && (
        <Section
          title="Reusable blocks"
          aside={
            <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => setMaking('block')}>
              New block
            </Button>
          }
        >
          {blocks.data?.length === 0 && <p className={css.quiet}>A block that stands in many e-mails, such as a foot, is changed here in one place.</p>}
          <ul className={css.blocks} aria-label="Reusable blocks">
            {blocks.data?.map((b) => <BlockCard key={b.slug} block={b} contact={contact?.id ?? 0} />)}
          </ul>
        </Section>
      )}
      <NewContent kind={making} onClose={() => setMaking(null)} />
    </Page>
  );
}
