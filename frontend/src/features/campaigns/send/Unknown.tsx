import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { plural } from '@/lib/format';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import { useResolve } from './messages';
import { MessagesDrawer } from './MessagesDrawer';

/** Messages of which nobody can say whether they arrived: what that means, and the three verdicts. */
export function Unknown({ slug, count }: { slug: string; count: number }) {
  const resolve = useResolve(slug);
  const [shown, setShown] = useState<'list' | 'resend' | null>(null);
  const one = count === 1;
  const decide = (verdict: 'accepted' | 'resend' | 'drop') => resolve.mutateAsync({ which: 'unknown', verdict });
  return (
    <div className={panels.unknown} role="region" aria-label="Messages of unknown fate">
      <h3>
        Nobody can say whether {plural(count, 'message')} arrived
      </h3>
      <p>
        The connection or the program ended before the provider answered, so {one ? 'it' : 'they'} may have arrived or not. To be sure that nobody gets the same message twice, Mailwright does not send {one ? 'it' : 'them'} again by itself. Look for{' '}
        {one ? 'it' : 'them'} in your provider’s log, then say what you found.
      </p>
      <div className={panels.verdicts}>
        <Button onClick={() => setShown('list')}>See {one ? 'it' : 'them'} one by one</Button>
        <span className={css.muted}>or all at once:</span>
        <Button onClick={() => void decide('accepted').catch(() => {})} loading={resolve.isPending}>
          {one ? 'It' : 'They'} arrived
        </Button>
        <Button onClick={() => setShown('resend')}>Send {one ? 'it' : 'them'} again…</Button>
        <Button onClick={() => void decide('drop').catch(() => {})} disabled={resolve.isPending}>
          Leave {one ? 'it' : 'them'}
        </Button>
      </div>
      <ConfirmDialog opened={shown === 'resend'} title={`Send ${plural(count, 'message')} again?`} confirm="Put back to be sent" onConfirm={() => decide('resend')} onClose={() => setShown(null)}>
        Whoever has it already gets it twice. The messages wait until you go on with the sending.
      </ConfirmDialog>
      {shown === 'list' && <MessagesDrawer slug={slug} state="unknown" total={count} onClose={() => setShown(null)} />}
    </div>
  );
}
