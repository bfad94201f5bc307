import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Condition } from '@/components/condition/node';
import { WorkProgress } from '@/components/progress/WorkProgress';
import { count, plural } from '@/lib/format';
import { Segments } from '@/lib/generated/api';
import { useRunJob } from '@/lib/jobs';
import css from './editor.module.css';

/** What the job gives: how many were asked, and those for whom the answer differs. */
interface SegmentAudit {
  checked: number;
  members: number;
  missing: number;
  extra: number;
  people: { person: { id: number; email: string }; member: boolean }[];
}

interface Props {
  opened: boolean;
  onClose: () => void;
  condition: Condition;
}

/** Answers a segment anew from the stored rows, person by person, and tells every difference. */
export function AuditDialog({ opened, onClose, condition }: Props) {
  const job = useRunJob<SegmentAudit>();
  const close = () => {
    if (!job.running) job.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title="Check against the stored rows">
      <p className={css.muted}>Reads everything that the condition looks at from the file again, asks it of each person alone, and compares that with the answer shown here. Nothing that is kept in memory is used.</p>
      {job.running && <WorkProgress label="Asking person by person" job={job.job} onStop={job.cancel} />}
      {job.error && (
        <p className={css.bad} role="alert">
          {job.error.message}
        </p>
      )}
      {job.result && <Found audit={job.result} />}
      <div className={css.buttons}>
        <Button onClick={close}>Close</Button>
        {!job.running && (
          <Button variant="filled" onClick={() => job.start(() => Segments.audit('', condition))}>
            {job.result ? 'Check again' : 'Check'}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Found({ audit }: { audit: SegmentAudit }) {
  const differ = audit.missing + audit.extra;
  if (differ === 0) {
    return (
      <p role="status">
        All {count(audit.checked)} people agree: {count(audit.members)} are in, by the stored rows and by the answer shown.
      </p>
    );
  }
  return (
    <div role="alert">
      <p className={css.bad}>The answer differs for {plural(differ, 'person', 'people')}.</p>
      <ul>
        {audit.people.map((p) => (
          <li key={p.person.id}>
            <Link to="/contacts/$id" params={{ id: String(p.person.id) }}>
              {p.person.email}
            </Link>{' '}
            {p.member ? 'should be in' : 'should not be in'}
          </li>
        ))}
      </ul>
    </div>
  );
}
