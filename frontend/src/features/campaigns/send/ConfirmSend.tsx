import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { count, plural } from '@/lib/format';
import type { CampaignAudience, Proof } from '@/lib/generated/api';
import css from '../campaigns.module.css';

interface Props {
  opened: boolean;
  name: string;
  sender: string;
  audience: CampaignAudience;
  check: Proof;
  onSend: () => void;
  onClose: () => void;
}

/** The last question, with exact numbers. */
export function ConfirmSend({ opened, name, sender, audience, check, onSend, onClose }: Props) {
  const people = check.sends;
  const out = audience.included - audience.permitted;
  return (
    <ConfirmDialog opened={opened} title={`Send “${name}”?`} confirm={`Send to ${plural(people, 'person', 'people')} now`} onConfirm={onSend} onClose={onClose}>
      <ul className={css.sums}>
        <li>
          <strong>{count(people)}</strong> {people === 1 ? 'person gets' : 'people get'} a message, through {sender}.
        </li>
        {check.skipped > 0 && (
          <li>
            <strong>{count(check.skipped)}</strong> {check.skipped === 1 ? 'is' : 'are'} left out, as you decided about what the check found.
          </li>
        )}
        {check.messages - check.sends - check.skipped > 0 && (
          <li>
            <strong>{count(check.messages - check.sends - check.skipped)}</strong> {check.messages - check.sends - check.skipped === 1 ? 'gets' : 'get'} none, since it could not be composed.
          </li>
        )}
        {out > 0 && (
          <li>
            <strong>{count(out)}</strong> {out === 1 ? 'is' : 'are'} left out.
          </li>
        )}
      </ul>
      <p>What has left cannot be taken back. You can pause while it is being sent; permission is looked at once more before each message.</p>
    </ConfirmDialog>
  );
}
