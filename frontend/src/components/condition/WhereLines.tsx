import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { humanize } from '@/lib/value';
import { useBuilder } from './context';
import type { Where } from './node';
import { PickChip } from './PickChip';
import { TestWords } from './TestWords';
import { newTest, propertiesOf, propertyType } from './vocabulary';
import css from './condition.module.css';

interface Props {
  event: string;
  where: Where[];
  onChange: (where: Where[], tag?: string) => void;
  /** The word before the second and later lines. */
  joiner?: string;
  nested?: boolean;
}

/** What an event must have been about: a line for each property, with groups of any and none of them. */
export function WhereLines({ event, where, onChange, joiner = 'and', nested }: Props) {
  const set = (i: number, w: Where | null, tag?: string) => onChange(w ? where.map((x, k) => (k === i ? w : x)) : where.filter((_, k) => k !== i), tag && `${tag}${i}`);
  return (
    <>
      {where.map((w, i) => (
        <div key={i} className={css.subline}>
          <span className={css.subjoin}>{i > 0 ? joiner : nested ? '' : 'where'}</span>
          {w.any || w.none ? <WhereGroup event={event} group={w} onChange={(g, tag) => set(i, g, tag)} /> : <WhereTest event={event} test={w} onChange={(t, tag) => set(i, t, tag)} />}
        </div>
      ))}
    </>
  );
}

function WhereTest({ event, test, onChange }: { event: string; test: Where; onChange: (w: Where | null, tag?: string) => void }) {
  const { vocabulary } = useBuilder();
  const pick = (property: string) => onChange({ property, ...newTest(vocabulary, propertyType(vocabulary, event, property)) });
  return (
    <div className={css.words}>
      <PickChip label="Property" look="value" value={test.property} text={test.property && humanize(test.property).toLowerCase()} choices={propertyChoices(vocabulary, event)} onPick={pick} />
      {test.property && <TestWords vocabulary={vocabulary} type={propertyType(vocabulary, event, test.property)} test={test} of={{ attribute: '', event, property: test.property }} onChange={onChange} />}
      <RemoveDetail onRemove={() => onChange(null)} />
    </div>
  );
}

function WhereGroup({ event, group, onChange }: { event: string; group: Where; onChange: (w: Where | null, tag?: string) => void }) {
  const kind = group.none ? 'none' : 'any';
  const list = group.none ?? group.any ?? [];
  const write = (k: string, l: Where[], tag?: string) => onChange(l.length === 0 ? null : k === 'none' ? { none: l } : { any: l }, tag);
  return (
    <div className={css.subgroup}>
      <div className={css.words}>
        <PickChip
          label="Group"
          value={kind}
          choices={[
            { value: 'any', label: 'any of' },
            { value: 'none', label: 'none of' },
          ]}
          onPick={(k) => write(k, list)}
        />
        <AddDetail event={event} onAdd={(w) => write(kind, [...list, w])} flat />
        <RemoveDetail onRemove={() => onChange(null)} />
      </div>
      <div className={css.subrail}>
        <WhereLines event={event} where={list} onChange={(l, tag) => write(kind, l, tag)} joiner={kind === 'any' ? 'or' : 'nor'} nested />
      </div>
    </div>
  );
}

function RemoveDetail({ onRemove }: { onRemove: () => void }) {
  return (
    <ActionIcon size={20} className={css.quietIcon} aria-label="Remove this detail" onClick={onRemove}>
      <IconX size={12} />
    </ActionIcon>
  );
}

/** Adds a detail of an event: a property, or a group of them. */
export function AddDetail({ event, onAdd, flat }: { event: string; onAdd: (w: Where) => void; flat?: boolean }) {
  const { vocabulary } = useBuilder();
  const choices = propertyChoices(vocabulary, event);
  if (choices.length === 0) return null;
  const groups = flat
    ? []
    : [
        { value: ' any', label: 'any of several…', group: 'Groups' },
        { value: ' none', label: 'none of several…', group: 'Groups' },
      ];
  const first = () => ({ property: choices[0]?.value ?? '', ...newTest(vocabulary, propertyType(vocabulary, event, choices[0]?.value ?? '')) });
  const pick = (v: string) => {
    if (v === ' any') onAdd({ any: [first()] });
    else if (v === ' none') onAdd({ none: [first()] });
    else onAdd({ property: v, ...newTest(vocabulary, propertyType(vocabulary, event, v)) });
  };
  return <PickChip label="Add a detail" look="add" value={undefined} text={flat ? '+ one more' : '+ where'} choices={[...choices, ...groups]} onPick={pick} />;
}

function propertyChoices(vocabulary: ReturnType<typeof useBuilder>['vocabulary'], event: string) {
  return propertiesOf(vocabulary, event).map((p) => ({ value: p.name, label: humanize(p.name).toLowerCase(), about: p.type }));
}
