import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { dateTime } from '@/lib/format';
import type { ProofGroup } from '@/lib/generated/api';
import type { Decision } from '../api';
import { kindOf } from './Findings';

interface Props {
  group: ProofGroup;
  onDecide?: (group: ProofGroup, what: Decision) => void;
}

interface Choice {
  what: Decision;
  label: string;
}

/** What can be decided about a problem; what happens without a decision comes first. */
export function choicesFor(kind: string): Choice[] {
  const skip: Choice = { what: 'skip', label: 'Leave them out' };
  const block: Choice = { what: 'block', label: 'Stop the sending' };
  if (kind === 'error') return [{ what: '', label: 'They get nothing' }, skip, block];
  return [{ what: '', label: 'Send' }, { what: 'accept', label: 'Send, as decided' }, skip, block];
}

/** What is done about a problem when the campaign is sent, to be changed. */
export function DecisionMenu({ group, onDecide }: Props) {
  const choices = choicesFor(group.kind);
  const now = choices.find((c) => c.what === group.do) ?? choices[0];
  if (kindOf(group).tone === 'plain' && group.do === '' && !onDecide) return null;
  const who = group.do && group.decided_at ? `Decided by ${group.by || 'a file'}, ${dateTime(Date.parse(group.decided_at))}` : undefined;
  if (!onDecide) return <span title={who}>{now?.label}</span>;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button variant="subtle" color="gray" title={who} aria-label={`What is done about it: ${now?.label ?? ''}`} rightSection={<IconChevronDown size={13} />}>
          {now?.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map((c) => (
          <Menu.Item key={c.what} rightSection={c.what === group.do ? <IconCheck size={14} aria-label="now" /> : undefined} onClick={() => onDecide(group, c.what)}>
            {c.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
