import { Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Section } from '@/components/page/Page';
import { count, date, share } from '@/lib/format';
import type { ImportPlan, PlannedColumn } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import { withTarget, withType, type Choices } from './request';
import css from './import.module.css';

interface Props {
  plan: ImportPlan;
  choices: Choices;
  onChange: (c: Choices) => void;
}

const types = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'money', label: 'money' },
  { value: 'boolean', label: 'yes or no' },
  { value: 'date', label: 'date' },
  { value: 'datetime', label: 'date and time' },
  { value: 'list', label: 'list' },
];

/** Each column of the file: what stands in it, and what it becomes. */
export function Columns({ plan, choices, onChange }: Props) {
  const ignored = plan.columns.filter((c) => c.target === 'ignore').length;
  return (
    <Section title="What becomes of each column" aside={ignored > 0 ? `${ignored} of ${plan.columns.length} left out` : `all ${plan.columns.length} are taken`}>
      <table className={css.columns}>
        <thead>
          <tr>
            <th>Column</th>
            <th>In the file</th>
            <th>Becomes</th>
            <th>Of type</th>
            <th>Read as</th>
            <th className={css.right}>Filled</th>
          </tr>
        </thead>
        <tbody>
          {plan.columns.map((c) => (
            <ColumnLine
              key={c.index}
              column={c}
              plan={plan}
              chosen={choices.columns[c.index]}
              onTarget={(t) => onChange(withTarget(choices, plan, c.index, t))}
              onType={(t) => onChange(withType(choices, plan, c.index, t))}
            />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface LineProps {
  column: PlannedColumn;
  plan: ImportPlan;
  chosen: { target: string; type: string } | undefined;
  onTarget: (target: string) => void;
  onType: (type: string) => void;
}

function ColumnLine({ column: c, plan, chosen, onTarget, onType }: LineProps) {
  const target = chosen?.target ?? c.target;
  const left = target === 'ignore';
  const choices = useMemo(() => targetsOf(c, plan), [c, plan]);
  const fixed = !/^(attribute|property):|^value$|^price$/.test(target);
  return (
    <tr data-left={left || undefined}>
      <td className={css.header} title={c.header}>
        {c.header}
      </td>
      <td className={css.samples} title={c.samples.join('\n')}>
        {c.samples.slice(0, 3).join(' · ')}
      </td>
      <td>
        <Select aria-label={`What ${c.header} becomes`} data={choices} value={target} onChange={(t) => t && onTarget(t)} searchable allowDeselect={false} />
      </td>
      <td>{!left && <Select aria-label={`Type of ${c.header}`} data={types} value={chosen?.type || c.type} onChange={(t) => t && onType(t)} disabled={fixed} allowDeselect={false} />}</td>
      <td className={css.becomes}>{left ? <span className={css.muted}>left out</span> : <Becomes column={c} open={plan.questions.length > 0} />}</td>
      <td className={css.right} title={`${count(c.filled)} filled, ${count(c.empty)} empty`}>
        {share(c.filled, c.filled + c.empty)}
      </td>
    </tr>
  );
}

/** What a sample is read as: only where that is something else than it looks. */
function Becomes({ column: c, open }: { column: PlannedColumn; open: boolean }) {
  const pairs = c.samples.map((s, i) => ({ sample: s, value: c.becomes[i] ?? '' }));
  const unread = pairs.find((p) => p.value === '' && p.sample.trim() !== '');
  if (unread) {
    return (
      <span className={css.bad}>
        {unread.sample} is no {typeLabel(c.type)}
      </span>
    );
  }
  const dated = c.type === 'date' || c.type === 'datetime';
  if (dated && open) return <span className={css.muted}>after the answer above</span>;
  const told = dated ? pairs[0] : pairs.find((p) => p.value !== p.sample && Number(p.value) !== Number(p.sample));
  if (!told) return <span className={css.muted}>as it is</span>;
  return (
    <span className={css.arrowed}>
      {!dated && (
        <>
          {told.sample} <IconArrowRight size={12} />
        </>
      )}
      <strong>{shown(told.value, c.type)}</strong>
    </span>
  );
}

function typeLabel(type: string): string {
  return types.find((t) => t.value === type)?.label ?? type;
}

/** A value as people read it, with the month by name: what was read cannot be mistaken. */
function shown(value: string, type: string): string {
  if (type === 'boolean') return value === 'true' ? 'yes' : 'no';
  if (type === 'date') return date(value) || value;
  if (type === 'datetime') return `${date(value.slice(0, 10))}, ${value.slice(11, 16)}`;
  return value;
}

function targetsOf(c: PlannedColumn, plan: ImportPlan) {
  const own = plan.kind === 'products' ? [] : [ownTarget(c, plan.kind)];
  const listed = plan.targets.map((t) => ({ value: t.value, label: t.value === 'ignore' ? 'Leave it out' : capital(t.label) }));
  const known = new Set(listed.map((t) => t.value));
  const more = [...own, c.target].filter((t) => !known.has(t));
  const extra = [...new Set(more)].map((t) => ({ value: t, label: t.startsWith('property:') ? `Property “${nameIn(t)}”` : `New attribute “${nameIn(t)}”` }));
  return [...extra, ...listed];
}

/** The target of a column's own name. */
function ownTarget(c: PlannedColumn, kind: string): string {
  const name = c.header
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase();
  return `${kind === 'events' ? 'property' : 'attribute'}:${name || 'column'}`;
}

function nameIn(target: string): string {
  return humanize(target.slice(target.indexOf(':') + 1)).toLowerCase();
}

function capital(s: string): string {
  return s.charAt(0).toUpperCase() + s.slice(1);
}
