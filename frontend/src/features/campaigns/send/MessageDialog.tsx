import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { plainLook, type Look } from '@/components/preview/look';
import { PreviewBar } from '@/components/preview/PreviewBar';
import { PreviewDesk } from '@/components/preview/PreviewDesk';
import { dateTime } from '@/lib/format';
import { Campaigns, type MessageSummary } from '@/lib/generated/api';
import { wordsOf } from '@/lib/outbox';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { useResolve, type Verdict } from './messages';

interface Props {
  slug: string;
  message: MessageSummary;
  onClose: () => void;
}

/** One message as it was composed and sent, with what became of it. */
export function MessageDialog({ slug, message: m, onClose }: Props) {
  const [look, setLook] = useState<Look>(plainLook);
  const resolve = useResolve(slug);
  const kept = useQuery({ queryKey: ['campaigns', 'message', m.id], queryFn: ({ signal }) => Campaigns.message(m.id, signal), staleTime: 0, gcTime: 0 });
  const decide = (verdict: Verdict) => resolve.mutate({ which: [m.id], verdict }, { onSuccess: onClose });
  const words = wordsOf(m.state);
  const undecided = m.state === 'unknown';
  return (
    <Modal opened onClose={onClose} title={`To ${m.email}`} size={860} padding={0} classNames={{ header: panels.drawerHead, body: panels.messageBody }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={panels.fateLine}>
        <span className={css.dot} style={{ background: words.color }} />
        <span>
          <strong>{words.label.charAt(0).toUpperCase() + words.label.slice(1)}</strong>, {dateTime(m.updated_at)}
          {(m.error || m.answer) && <span className={panels.said}>{m.error || m.answer}</span>}
        </span>
        <span className={panels.fateButtons}>
          {undecided && (
            <Button loading={resolve.isPending} onClick={() => decide('accepted')}>
              It arrived
            </Button>
          )}
          {(undecided || m.state === 'rejected' || m.state === 'held') && (
            <>
              <Button disabled={resolve.isPending} onClick={() => decide('resend')}>
                Send it again
              </Button>
              {m.state !== 'rejected' && (
                <Button disabled={resolve.isPending} onClick={() => decide('drop')}>
                  Leave it
                </Button>
              )}
            </>
          )}
          <Button component={Link} to={`/contacts/${m.contact_id}`} variant="subtle">
            The contact
          </Button>
        </span>
      </div>
      <PreviewBar look={look} onLook={setLook} />
      <PreviewDesk preview={{ result: kept.data, stale: kept.isFetching, error: kept.error, retry: () => void kept.refetch() }} look={look} />
    </Modal>
  );
}
