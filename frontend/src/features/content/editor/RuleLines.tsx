import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { use } from 'react';
import { Count } from '@/components/count/Count';
import type { Branch, RuleRule } from '@/lib/generated/api';
import { BranchLine } from './BranchLine';
import { moved, otherwise, withBranch } from './rule';
import { Shares, useBranchCount } from './shares';
import css from './Editor.module.css';

/** Changes a rule; edits of the same field in quick succession are undone together. */
export type ChangeRule = (f: (r: RuleRule) => RuleRule, field?: string) => void;

interface Props {
  rule: RuleRule;
  /** "" for the choice's own rule, "branches[0].then." for one within. */
  path: string;
  /** What the branch that holds the rule is called; "" for the choice's own rule. */
  within: string;
  names: readonly string[];
  fresh: (choose: string) => Branch;
  onChange: ChangeRule;
}

/** The branches of a rule, and what is chosen when none of them applies. */
export function RuleLines({ rule, path, within, names, fresh, onChange }: Props) {
  const outer = path === '';
  const branches = rule.branches;
  const unchosen = names.find((n) => n !== rule.default && !branches.some((x) => x.choose === n)) ?? names[0] ?? '';
  return (
    <div className={css.rule} data-nested={!outer || undefined}>
      <ol className={css.branches}>
        {branches.map((b, i) => (
          <BranchLine
            key={i}
            branch={b}
            number={i + 1}
            last={branches.length}
            path={`${path}branches[${i}]`}
            within={within}
            names={names}
            fresh={fresh}
            onChange={(f, field) => onChange((r) => withBranch(r, i, f), field)}
            onMove={(by) => onChange((r) => moved(r, i, by))}
          />
        ))}
      </ol>
      <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => onChange((r) => ({ ...r, branches: [...r.branches, fresh(unchosen)] }))}>
        Add a branch
      </Button>
      <div className={css.otherwise}>
        <span>{outer ? 'Otherwise' : 'Of these, otherwise'}</span>
        <Target
          label={outer ? 'Variant for everybody else' : `Variant for everybody else of ${within}`}
          names={names}
          clearable
          placeholder={outer ? 'nothing' : 'the next branch'}
          value={rule.default ?? null}
          onChange={(d) => onChange((r) => otherwise(r, d))}
        />
        <Otherwise path={path} />
      </div>
    </div>
  );
}

function Otherwise({ path }: { path: string }) {
  const shares = use(Shares);
  const inner = useBranchCount(`${path}default`);
  const n = path === '' ? shares?.defaulted : inner?.chosen;
  return n === undefined ? null : <Count value={n} unit="people" />;
}

interface TargetProps {
  label: string;
  names: readonly string[];
  value: string | null;
  onChange: (v: string | null) => void;
  clearable?: boolean;
  placeholder?: string;
}

/** The variant that something chooses. */
export function Target({ label, names, value, onChange, clearable = false, placeholder = 'nothing' }: TargetProps) {
  return (
    <Select
      aria-label={label}
      data={[...names]}
      value={value}
      onChange={onChange}
      clearable={clearable}
      allowDeselect={false}
      placeholder={placeholder}
      leftSection={<span aria-hidden>→</span>}
      style={{ flex: 1, minWidth: 120 }}
    />
  );
}
