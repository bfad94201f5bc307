import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { placeInWords } from '@/components/preview/words';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import type { ContentFinding } from '@/lib/generated/api';
import css from './Editor.module.css';

const signs: Record<string, { icon: typeof IconCircleX; label: string }> = {
  error: { icon: IconCircleX, label: 'Must be mended' },
  warning: { icon: IconAlertTriangle, label: 'Worth a look' },
};
const note = { icon: IconInfoCircle, label: 'Good to know' };

/** What is wrong or unwise in the draft; a press leads there. */
export function Findings({ findings, error, onPlace }: { findings: ContentFinding[] | undefined; error: Error | null; onPlace: (place: string) => void }) {
  if (error) return <ErrorState error={error} title="It could not be checked" />;
  if (!findings) return <LoadingRows rows={3} />;
  if (findings.length === 0) return <EmptyState title="Nothing to mend">No broken links, no variables without a default, no pictures without a description.</EmptyState>;
  return (
    <ul className={css.findings}>
      {findings.map((f, i) => {
        const { icon: Sign, label } = signs[f.severity] ?? note;
        return (
          <li key={`${i} ${f.place}`}>
            <button type="button" className={css.finding} data-severity={f.severity} onClick={() => onPlace(f.place)}>
              <Sign size={15} role="img" aria-label={label} />
              <span>
                {f.message}
                <span className={css.findingPlace}>
                  {f.block || placeInWords(f.place)}
                  {f.line > 1 && `, line ${f.line}`}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
