import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip } from '@/components/chip/Chip';
import type { Condition } from '@/components/condition/node';
import { ContactPicker, nameOf } from '@/components/contact-picker/ContactPicker';
import { Explained } from '@/components/explained/Explained';
import { ErrorState } from '@/components/states/ErrorState';
import type { ContactHit } from '@/lib/generated/api';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useExplanation } from '../api';
import css from './editor.module.css';

interface Props {
  condition: Condition;
  whole: boolean;
  /** Whether that is told of this very condition. */
  current: boolean;
  slug: string;
  /** The instant as of which, in Unix ms; 0 is now. */
  at: number;
}

/** Why a person is in or out: every part of the condition with what was seen of them. */
export function Why({ condition, whole, current, slug, at }: Props) {
  const [person, setPerson] = useState<ContactHit | null>(null);
  const why = useExplanation(condition, person?.id ?? null, whole && current, at);
  return (
    <>
      <ContactPicker label="Whose membership to explain" value={person} onChange={setPerson} width={280} segment={slug} />
      {!person && <p className={css.muted}>Pick a person to see what is true of them, part by part.</p>}
      {person && !whole && <p className={css.muted}>Finish every part of the condition first.</p>}
      {why.error && <ErrorState error={why.error} title="It could not be explained" onRetry={() => void why.refetch()} />}
      {person && whole && why.data && (
        <div className={css.why} data-stale={why.isPlaceholderData || undefined}>
          <p className={css.verdict}>
            <Link to="/contacts/$id" params={{ id: String(person.id) }}>
              {nameOf(person)}
            </Link>{' '}
            <Chip tone={why.data.holds ? 'ok' : 'bad'} icon={why.data.holds ? <IconCheck size={12} /> : <IconX size={12} />}>
              {why.data.holds ? (at ? 'was in' : 'is in') : at ? 'was not in' : 'is not in'}
            </Chip>
          </p>
          <Explained explanation={why.data} condition={condition} />
        </div>
      )}
    </>
  );
}
