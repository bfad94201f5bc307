import { nameOf } from '@/components/contact-picker/ContactPicker';
import { messageOf } from '@/lib/bridge';
import { count, plural } from '@/lib/format';
import type { ContactHit, Specimen, Ways } from '@/lib/generated/api';
import css from './Preview.module.css';

interface Props {
  ways: Ways | undefined;
  error: Error | null;
  current?: number;
  onPick: (contact: ContactHit) => void;
}

/** People worth looking at: one of each way the e-mail comes out, the few that show everything first. */
export function WaysList({ ways, error, current, onPick }: Props) {
  if (error) return <p className={css.waysHead}>{messageOf(error)}</p>;
  if (!ways || ways.specimens.length === 0) return <p className={css.waysHead}>Nobody is there to look at it for.</p>;
  const more = ways.specimens.slice(ways.enough);
  return (
    <div className={css.ways}>
      <p className={css.waysHead}>{headOf(ways)}</p>
      {ways.specimens.slice(0, ways.enough).map((s) => (
        <Way key={s.way} specimen={s} counted={ways.looked === ways.total} current={current} onPick={onPick} />
      ))}
      {more.length > 0 && <p className={css.waysHead}>The same things in other combinations</p>}
      {more.map((s) => (
        <Way key={s.way} specimen={s} counted={ways.looked === ways.total} current={current} onPick={onPick} />
      ))}
    </div>
  );
}

function Way({ specimen, counted, current, onPick }: { specimen: Specimen; counted: boolean; current?: number; onPick: (contact: ContactHit) => void }) {
  return (
    <button type="button" className={css.way} aria-current={specimen.contact.id === current || undefined} onClick={() => onPick(specimen.contact)}>
      <span className={css.wayHead}>
        <span>{nameOf(specimen.contact)}</span>
        {counted && <span className={css.wayCount}>{count(specimen.count)}</span>}
      </span>
      <span className={css.wayWords}>{specimen.ways.join(' · ') || 'the same for everybody'}</span>
    </button>
  );
}

/** How few people show everything, and of how many that is known. */
export function headOf(ways: Pick<Ways, 'enough' | 'looked' | 'total'>): string {
  const first = ways.enough === 1 ? 'One person shows everything it can do' : `These ${count(ways.enough)} show everything it can do`;
  if (ways.looked === ways.total) return `${first}, of ${plural(ways.total, 'person', 'people')}.`;
  return `${first}, of ${count(ways.looked)} looked at among ${count(ways.total)}; a check looks at everybody.`;
}
