import { humanize } from '@/lib/value';
import { useBuilder } from './context';
import { EventWords } from './EventWords';
import { InputChip } from './InputChip';
import type { AttributeLeaf, BucketLeaf, ConsentLeaf, Leaf, SegmentLeaf } from './node';
import { PickChip } from './PickChip';
import { TestWords } from './TestWords';
import { attributeLabel, attributeType, filledOf, newTest } from './vocabulary';
import css from './condition.module.css';

interface Props<L extends Leaf> {
  leaf: L;
  onChange: (leaf: Leaf, tag?: string) => void;
}

/** The words of one row. */
export function LeafWords({ leaf, onChange }: Props<Leaf>) {
  switch (leaf.kind) {
    case 'attribute':
      return <AttributeWords leaf={leaf} onChange={onChange} />;
    case 'event':
      return <EventWords leaf={leaf} onChange={onChange} />;
    case 'segment':
      return <SegmentWords leaf={leaf} onChange={onChange} />;
    case 'consent':
      return <ConsentWords leaf={leaf} onChange={onChange} />;
    case 'bucket':
      return <BucketWords leaf={leaf} onChange={onChange} />;
    case 'sequence':
      return <span className={css.plain}>did these in this order</span>;
    case 'everyone':
      return <span className={css.plain}>everyone</span>;
  }
}

function AttributeWords({ leaf, onChange }: Props<AttributeLeaf>) {
  const { vocabulary } = useBuilder();
  const type = attributeType(vocabulary, leaf.attribute);
  const change = (attribute: string) => {
    const next = attributeType(vocabulary, attribute);
    const { kind, ...test } = leaf;
    onChange(next === type && leaf.op ? { kind, ...test, attribute, value: undefined, values: undefined, to: undefined } : { kind, attribute, ...newTest(vocabulary, next) });
  };
  return (
    <>
      <PickChip
        label="Attribute"
        look="value"
        value={leaf.attribute}
        text={leaf.attribute && attributeLabel(vocabulary, leaf.attribute)}
        choices={vocabulary.attributes.map((a) => ({ value: a.name, label: a.label || humanize(a.name), about: filledOf(a) }))}
        onPick={change}
      />
      <TestWords vocabulary={vocabulary} type={type} test={leaf} of={{ attribute: leaf.attribute, event: '', property: '' }} onChange={onChange} />
    </>
  );
}

function SegmentWords({ leaf, onChange }: Props<SegmentLeaf>) {
  const { vocabulary, self } = useBuilder();
  return (
    <>
      <PickChip
        label="Membership"
        value={leaf.op ?? 'in'}
        choices={[
          { value: 'in', label: 'is in' },
          { value: 'not_in', label: 'is not in' },
        ]}
        onPick={(op) => onChange({ ...leaf, op: op as 'in' | 'not_in' })}
      />
      <span className={css.plain}>the segment</span>
      <PickChip
        label="Segment"
        look="value"
        value={leaf.segment || undefined}
        choices={vocabulary.segments.filter((s) => s.slug !== self).map((s) => ({ value: s.slug, label: s.name }))}
        onPick={(segment) => onChange({ ...leaf, segment })}
      />
    </>
  );
}

function ConsentWords({ leaf, onChange }: Props<ConsentLeaf>) {
  const { vocabulary } = useBuilder();
  return (
    <>
      <PickChip
        label="Consent"
        value={leaf.op ?? 'granted'}
        choices={[
          { value: 'granted', label: 'has agreed to' },
          { value: 'not_granted', label: 'has not agreed to' },
        ]}
        onPick={(op) => onChange({ ...leaf, op: op as 'granted' | 'not_granted' })}
      />
      <PickChip label="Purpose" look="value" value={leaf.purpose || undefined} choices={vocabulary.purposes.map((p) => ({ value: p, label: humanize(p).toLowerCase() }))} onPick={(purpose) => onChange({ ...leaf, purpose })} />
    </>
  );
}

function BucketWords({ leaf, onChange }: Props<BucketLeaf>) {
  // The language counts in ten-thousandths; people in percent.
  const percent = (n: number | undefined) => (n === undefined ? undefined : n / 100);
  const parts = (v: unknown) => (typeof v === 'number' ? Math.round(v * 100) : undefined);
  return (
    <>
      <span className={css.plain}>by chance, from</span>
      <InputChip label="From percent" type="number" value={percent(leaf.from)} onChange={(v) => onChange({ ...leaf, from: parts(v) }, 'from')} />
      <span className={css.plain}>% to</span>
      <InputChip label="To percent" type="number" value={percent(leaf.to)} onChange={(v) => onChange({ ...leaf, to: parts(v) }, 'to')} />
      <span className={css.plain}>% of everyone, dealt as</span>
      <InputChip label="Name of the deal" type="text" value={leaf.salt} placeholder="a name" onChange={(v) => onChange({ ...leaf, salt: v === undefined ? undefined : String(v) }, 'salt')} />
    </>
  );
}
