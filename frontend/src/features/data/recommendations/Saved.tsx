import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { said } from '@/components/toast/toast';
import type { RecommendationSummary } from '@/lib/generated/api';
import { useRecommendations, useRemoveRecommendation } from './api';
import { labelOf } from './draft';
import css from './recommendations.module.css';
import { RecommendationForm } from './RecommendationForm';

/** Ways of choosing products that blocks name. */
export function Saved() {
  const all = useRecommendations();
  const [edited, setEdited] = useState<string | null>(null);
  return (
    <Section
      title="Ways of choosing products"
      aside={
        <Button leftSection={<IconPlus size={15} />} onClick={() => setEdited('')}>
          Add a way
        </Button>
      }
    >
      {all.error && <ErrorState error={all.error} title="The ways could not be read" onRetry={() => void all.refetch()} />}
      {all.isPending && <LoadingRows rows={2} />}
      {all.data?.length === 0 && (
        <p className={css.lead}>Product blocks choose by a strategy of their own. Add a way to chain several, to leave out prices or categories, or to show nothing that was bought lately; blocks then choose by its name.</p>
      )}
      <ul className={css.list}>
        {all.data?.map((r) => (
          <Line key={r.slug} way={r} onEdit={() => setEdited(r.slug)} />
        ))}
      </ul>
      <RecommendationForm slug={edited} onClose={() => setEdited(null)} />
    </Section>
  );
}

function Line({ way, onEdit }: { way: RecommendationSummary; onEdit: () => void }) {
  const remove = useRemoveRecommendation();
  const [asking, setAsking] = useState(false);
  return (
    <li className={css.line}>
      <span className={css.grow}>
        <button type="button" className={css.name} onClick={onEdit}>
          {way.name}
        </button>
        <span className={css.small}>
          {way.steps.map((s, i) => (i === 0 ? labelOf(s) : labelOf(s).toLowerCase())).join(', then ')}
          {way.used_by.length > 0 && `; used by ${way.used_by.join(', ')}`}
        </span>
      </span>
      <ActionIcon aria-label={`Remove ${way.name}`} onClick={() => setAsking(true)}>
        <IconTrash size={15} />
      </ActionIcon>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Remove “${way.name}”?`}
        confirm="Remove"
        onConfirm={async () => {
          await remove.mutateAsync(way.slug);
          said(`“${way.name}” is removed.`);
        }}
      >
        Blocks cannot choose by it any more.
      </ConfirmDialog>
    </li>
  );
}
