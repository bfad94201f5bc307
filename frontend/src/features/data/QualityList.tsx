import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconCircleCheck, IconEye } from '@tabler/icons-react';
import { EmptyState } from '@/components/states/EmptyState';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, plural, share } from '@/lib/format';
import type { QualityFinding } from '@/lib/generated/api';
import { useQuality } from './api';
import css from './data.module.css';

const signs = { mend: IconAlertTriangle, look: IconEye, ok: IconCircleCheck };
const words = { mend: 'To mend', look: 'Worth a look', ok: 'In order' };

function severityOf(f: QualityFinding): keyof typeof signs {
  return f.severity === 'mend' || f.severity === 'look' ? f.severity : 'ok';
}

/** What is wrong or lacking in the data, what to mend first, and who it is. */
export function QualityList() {
  const quality = useQuality();
  if (quality.error) return <ErrorState error={quality.error} title="The data could not be looked through" onRetry={() => void quality.refetch()} />;
  if (!quality.data) return <LoadingRows rows={8} />;
  if (quality.data.contacts === 0) return <EmptyState title="Nothing to look through yet" drawing="sheet" />;
  const order = { mend: 0, look: 1, ok: 2 };
  const findings = quality.data.findings.toSorted((a, b) => order[severityOf(a)] - order[severityOf(b)]);
  return (
    <ul className={css.findings}>
      {findings.map((f) => (
        <Finding key={f.id} finding={f} total={quality.data.contacts} />
      ))}
    </ul>
  );
}

function Finding({ finding: f, total }: { finding: QualityFinding; total: number }) {
  const severity = severityOf(f);
  const Sign = signs[severity];
  return (
    <li className={css.finding} data-severity={severity}>
      <Sign size={18} aria-hidden />
      <div>
        <strong>{f.title}</strong>
        <span className="visually-hidden">{words[severity]}</span>
        <p className={css.muted}>{f.message}</p>
      </div>
      <span className={css.findingCount}>{f.count > 0 && (f.condition ? `${count(f.count)} (${share(f.count, total)})` : plural(f.count, 'row'))}</span>
      <span className={css.findingAction}>
        {f.count > 0 && f.condition !== null && (
          <Button component={Link} to={`/contacts?condition=${encodeURIComponent(JSON.stringify(f.condition))}`} variant="subtle">
            See them
          </Button>
        )}
      </span>
    </li>
  );
}
