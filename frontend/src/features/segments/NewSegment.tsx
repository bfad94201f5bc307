import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Condition } from '@/components/condition/node';
import { useVocabulary } from '@/components/condition/vocabulary';
import { Count } from '@/components/count/Count';
import { LoadingRows } from '@/components/states/Loading';
import { Segments } from '@/lib/generated/api';
import { startersFrom, startersMissing } from './starters';
import css from './segments.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** Begins a segment: with nothing, or with one of the ready-made ones, each counted. */
export function NewSegment({ opened, onClose }: Props) {
  const navigate = useNavigate();
  const go = (start?: string) => void navigate({ to: '/segments/$slug', params: { slug: newSlug }, search: { start } });
  return (
    <Modal opened={opened} onClose={onClose} title="New segment" size={620}>
      <Starters onPick={go} />
      <div className={css.dialogButtons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="filled" onClick={() => go()} data-autofocus>
          Start with everyone
        </Button>
      </div>
    </Modal>
  );
}

/** Stands for the slug of a segment that has none yet; no slug can be so written. */
export const newSlug = '_new';

export function Starters({ onPick }: { onPick: (key: string) => void }) {
  const vocabulary = useVocabulary();
  if (!vocabulary.data) return <LoadingRows rows={6} />;
  const starters = startersFrom(vocabulary.data);
  const missing = startersMissing(vocabulary.data);
  return (
    <div className={css.starters}>
      {starters.map((s) => (
        <button key={s.key} type="button" className={css.starter} onClick={() => onPick(s.key)}>
          <span className={css.starterName}>{s.name}</span>
          <span className={css.starterAbout}>{s.about}</span>
          <StarterCount condition={s.condition} />
        </button>
      ))}
      {missing.length > 0 && (
        <div className={css.muted}>
          Once their data are here:
          <ul>
            {missing.map((m) => (
              <li key={m}>{m}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function StarterCount({ condition }: { condition: Condition }) {
  const answer = useQuery({ queryKey: ['segments', 'count', JSON.stringify(condition)], queryFn: ({ signal }) => Segments.count(condition, signal) });
  return <Count value={answer.data?.count} />;
}
