import { NumberInput, SegmentedControl, Switch } from '@mantine/core';
import type { Block, BlockField } from '@/lib/generated/api';
import { useChangeBlock } from '../editor/draft';
import { idOf } from '../editor/tree';
import { valueOf, withValue, type FieldValue } from './form';
import { ImageField } from './ImageField';
import { LiquidField } from './LiquidField';
import { ProductsField } from './ProductsField';
import { RichField } from './RichField';
import css from './fields.module.css';

/** The control of one field of a block, as its type asks for. */
export function FieldControl({ block, field }: { block: Block; field: BlockField }) {
  const change = useChangeBlock(idOf(block));
  const value = valueOf(block, field);
  const set = (v: FieldValue) => change((b) => withValue(b, field, v), field.name);
  const text = typeof value === 'string' ? value : '';
  switch (field.type) {
    case 'rich':
      return <RichField label={field.label} value={text} onChange={set} />;
    case 'html':
      return <LiquidField label={field.label} value={text} onChange={set} language="liquid-html" line={false} help={field.help} />;
    case 'image':
      return <ImageField label={field.label} value={text} onChange={set} help={field.help} />;
    case 'products':
      return <ProductsField label={field.label} value={text} onChange={set} />;
    case 'number':
      return (
        <NumberInput
          label={field.label}
          description={field.help || undefined}
          placeholder={field.default || undefined}
          min={field.min}
          max={field.max}
          clampBehavior="blur"
          allowDecimal={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(v) => set(v === '' ? undefined : Number(v))}
        />
      );
    case 'boolean':
      return <Switch label={field.label} checked={value === true} onChange={(e) => set(e.currentTarget.checked)} />;
    case 'choice':
      return (
        <div className={css.field}>
          <div className={css.labelLine}>
            <span className={css.label}>{field.label}</span>
          </div>
          <SegmentedControl aria-label={field.label} fullWidth data={field.options.map((o) => ({ value: o, label: sentence(o) }))} value={text || field.default} onChange={set} />
        </div>
      );
    default:
      return <LiquidField label={field.label} value={text} onChange={set} placeholder={field.type === 'url' ? 'https://' : undefined} help={field.help} />;
  }
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
