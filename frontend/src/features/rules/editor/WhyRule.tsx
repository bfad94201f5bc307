import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ContactPicker, nameOf } from '@/components/contact-picker/ContactPicker';
import { Explained } from '@/components/explained/Explained';
import { ErrorState } from '@/components/states/ErrorState';
import type { ContactHit, RuleTried } from '@/lib/generated/api';
import { useRuleTrace } from '../api';
import { jsonOf, type DraftRule } from '../draft';
import css from './editor.module.css';

/** What a person gets and why: every branch that was tried, with what was seen. */
export function WhyRule({ rule, whole }: { rule: DraftRule; whole: boolean }) {
  const [person, setPerson] = useState<ContactHit | null>(null);
  const trace = useRuleTrace(jsonOf(rule), person?.id ?? null, whole);
  return (
    <section>
      <h2 className={css.sideTitle}>What one person gets</h2>
      <ContactPicker label="Whose choice to explain" value={person} onChange={setPerson} width={280} />
      {!person && <p className={css.muted}>Pick a person to see which branch takes them, and why.</p>}
      {trace.error && <ErrorState error={trace.error} title="It could not be explained" />}
      {person && trace.data && (
        <div data-stale={trace.isPlaceholderData || undefined} className={css.trace}>
          <p className={css.verdict}>
            {nameOf(person)} gets <strong>{trace.data.chosen || 'nothing'}</strong>
            {/default$/.test(trace.data.path) && ', by default'}
          </p>
          <ol className={css.tried}>
            {trace.data.tried.map((t) => (
              <Tried key={t.path} tried={t} />
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function Tried({ tried }: { tried: RuleTried }) {
  const [open, setOpen] = useState(tried.holds);
  const depth = tried.path.split('.then.').length - 1;
  return (
    <li style={{ marginLeft: depth * 16 }}>
      <button type="button" className={css.triedHead} aria-expanded={open} onClick={() => setOpen(!open)} data-holds={tried.holds}>
        {tried.holds ? <IconCheck size={14} stroke={2.5} /> : <IconX size={14} stroke={2.5} />}
        <span className="visually-hidden">{tried.holds ? 'Applies: ' : 'Does not apply: '}</span>
        <span>{tried.name || tried.explanation.sentence}</span>
      </button>
      {open && (
        <div className={css.triedWhy}>
          <Explained explanation={tried.explanation} />
        </div>
      )}
    </li>
  );
}
