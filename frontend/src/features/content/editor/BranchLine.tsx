import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconGitBranch, IconTrash } from '@tabler/icons-react';
import { Count } from '@/components/count/Count';
import { count } from '@/lib/format';
import type { Branch } from '@/lib/generated/api';
import fields from '../fields/fields.module.css';
import { flat, nested } from './rule';
import { RuleLines, Target } from './RuleLines';
import { useBranchCount } from './shares';
import { When } from './When';
import css from './Editor.module.css';

interface Props {
  branch: Branch;
  number: number;
  /** How many branches there are beside it. */
  last: number;
  path: string;
  /** What the branch that holds its rule is called; "" for a branch of the choice itself. */
  within: string;
  names: readonly string[];
  fresh: (choose: string) => Branch;
  onChange: (f: (b: Branch) => Branch | null, field?: string) => void;
  onMove: (by: -1 | 1) => void;
}

/** A branch: who it is for, and the variant or the rule within that it chooses by. */
export function BranchLine({ branch, number, last, path, within, names, fresh, onChange, onMove }: Props) {
  const place = within === '' ? `branch ${number}` : `branch ${number} of ${within}`;
  const called = branch.name || place;
  const counted = useBranchCount(path);
  return (
    <li className={css.branch} aria-label={called}>
      <div className={fields.row}>
        <TextInput
          className={fields.grow}
          aria-label={`Name of ${place}`}
          placeholder={`Who is it? (branch ${number})`}
          value={branch.name ?? ''}
          onChange={(e) => {
            const name = e.currentTarget.value;
            onChange((b) => ({ ...b, name }), path);
          }}
        />
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon size={24} aria-label={`What to do with ${called}`}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={number === 1} onClick={() => onMove(-1)}>
              Try it earlier
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={number === last} onClick={() => onMove(1)}>
              Try it later
            </Menu.Item>
            {branch.then ? (
              <Menu.Item leftSection={<IconGitBranch size={14} />} onClick={() => onChange(flat)}>
                Choose one variant instead
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconGitBranch size={14} />} onClick={() => onChange((b) => nested(b, fresh(names.find((n) => n !== b.choose) ?? names[0] ?? '')))}>
                Choose among more inside
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => onChange(() => null)}>
              Remove the branch
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <When condition={branch.when} onChange={(when) => onChange((b) => ({ ...b, when }))} />
      {branch.then ? (
        <RuleLines
          rule={branch.then}
          path={`${path}.then.`}
          within={called}
          names={names}
          fresh={fresh}
          onChange={(f, field) => onChange((b) => (b.then ? { ...b, then: f(b.then) } : b), field)}
        />
      ) : (
        <div className={css.otherwise}>
          <Target label={`Variant of ${place}`} names={names} value={branch.choose ?? null} onChange={(choose) => onChange((b) => ({ ...b, choose: choose ?? '' }))} />
          {counted && (
            <span title={`of ${count(counted.reached)} who come to this branch`}>
              <Count value={counted.chosen} unit="people" />
            </span>
          )}
        </div>
      )}
    </li>
  );
}
