import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Page, Section } from '@/components/page/Page';
import { ErrorState } from '@/components/states/ErrorState';
import { LoadingRows } from '@/components/states/Loading';
import { count, dateTime, plural } from '@/lib/format';
import type { ImportReport } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import { BatchState } from '../Batches';
import { useReport } from '../api';
import { Rejects } from './Rejects';
import { ReportNumbers } from './ReportNumbers';
import { UndoImport } from './UndoImport';
import css from './report.module.css';

/** What one import did. */
export default function ReportPage() {
  const params = useParams({ strict: false }) as { batch?: string };
  const report = useReport(Number(params.batch));
  const r = report.data;
  return (
    <Page
      title={r ? r.source : 'Import'}
      subtitle={
        r ? (
          <span className={css.subtitle}>
            <BatchState batch={r} /> {humanize(r.kind)}, {dateTime(r.started_at)}
          </span>
        ) : undefined
      }
      back={{ to: '/data', label: 'Data' }}
      actions={r && <Actions report={r} />}
      body="narrow"
    >
      {report.error && <ErrorState error={report.error} title="This import could not be found" onRetry={() => void report.refetch()} />}
      {!r && !report.error && <LoadingRows rows={6} />}
      {r && <Report report={r} />}
    </Page>
  );
}

function Actions({ report: r }: { report: ImportReport }) {
  const live = r.state !== 'undone' && r.created + r.updated > 0;
  return (
    <>
      {r.state !== 'undone' && <UndoImport report={r} />}
      {live && (
        <Button component={Link} to={r.kind === 'products' ? '/data?tab=products' : r.kind === 'events' ? '/segments' : '/contacts'} variant="filled">
          {r.kind === 'products' ? 'See the products' : r.kind === 'events' ? 'Build a segment' : 'See the contacts'}
        </Button>
      )}
    </>
  );
}

function Report({ report: r }: { report: ImportReport }) {
  return (
    <>
      {r.state === 'undone' && <p className={css.note}>This import was undone. What it had brought is out again.</p>}
      {r.state === 'cancelled' && <p className={css.note}>It was stopped. The rows before that are in; import the file again to go on, and nothing comes in twice.</p>}
      {r.state === 'failed' && <p className={css.note}>It ended before its time. The rows before that are in; import the file again to go on, and nothing comes in twice.</p>}
      <ReportNumbers report={r} />
      {r.rejected > 0 && <Rejects report={r} />}
      {r.new_attributes.length > 0 && (
        <Section title={plural(r.new_attributes.length, r.kind === 'events' ? 'new property' : 'new attribute', r.kind === 'events' ? 'new properties' : 'new attributes')}>
          <ul className={css.plainList}>
            {r.new_attributes.map((a) => (
              <li key={a.name}>
                <strong>{humanize(a.name)}</strong> <span className={css.muted}>{a.type}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {r.widened.length > 0 && (
        <Section title="Now text">
          <p>
            {r.widened.map(humanize).join(', ')} had another type before; this file has values that only fit text, so {r.widened.length === 1 ? 'it is' : 'they are'} text now. Every value stays as it was written.
          </p>
        </Section>
      )}
      {r.consent_kept > 0 && (
        <Section title="Withdrawn stays withdrawn">
          <p>{count(r.consent_kept)} people had withdrawn before; what the file says of them was not taken as a new consent.</p>
        </Section>
      )}
    </>
  );
}
