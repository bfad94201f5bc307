import { Button, NumberInput, SegmentedControl } from '@mantine/core';
import type { Block } from '@/lib/generated/api';
import { labelOf } from '../fields/form';
import fields from '../fields/fields.module.css';
import { AddMenu } from './AddMenu';
import { useChangeBlock, useEditing } from './draft';
import { gist } from './make';
import { idOf, insert } from './tree';
import css from './Editor.module.css';

/** How many columns stand side by side, how wide each is, and what is in it. */
export function ColumnsForm({ block }: { block: Block }) {
  const { kinds, template, edit, choose } = useEditing();
  const id = idOf(block);
  const change = useChangeBlock(id);
  const columns = block.columns ?? [];
  const setCount = (n: number) =>
    change((b) => {
      const now = b.columns ?? [];
      if (n >= now.length) return { ...b, columns: [...now, ...Array.from({ length: n - now.length }, () => ({ blocks: [] }))] };
      // What stands in columns that go is moved to the last that stays.
      const kept = now.slice(0, n);
      const last = kept.at(-1);
      const moved = now.slice(n).flatMap((c) => c.blocks);
      return { ...b, columns: last ? [...kept.slice(0, -1), { ...last, blocks: [...last.blocks, ...moved] }] : kept };
    });
  return (
    <div className={fields.form}>
      <SegmentedControl aria-label="How many columns" fullWidth data={['2', '3', '4']} value={String(columns.length)} onChange={(v) => setCount(Number(v))} />
      {columns.map((c, i) => (
        <div key={i} className={css.column}>
          <div className={css.columnHead}>
            <h3>Column {i + 1}</h3>
            <NumberInput
              aria-label={`Share of the width of column ${i + 1}`}
              w={96}
              prefix="share "
              min={1}
              max={12}
              value={c.weight || 1}
              onChange={(v) => change((b) => ({ ...b, columns: b.columns?.map((x, j) => (j === i ? { ...x, weight: Number(v) || 1 } : x)) }), `weight ${i}`)}
            />
          </div>
          {c.blocks.map((b) => (
            <Button key={idOf(b)} variant="subtle" color="gray" fullWidth justify="flex-start" onClick={() => choose({ part: 'block', id: idOf(b) })}>
              {labelOf(kinds, b.kind)} {gist(b).slice(0, 28)}
            </Button>
          ))}
          <AddMenu
            inColumn
            onAdd={(b) => {
              edit((t) => ({ ...t, blocks: insert(t.blocks, { in: 'column', of: id, column: i }, c.blocks.length, b) }));
              choose({ part: 'block', id: idOf(b) });
            }}
            blocks={template.blocks}
            label={`Add to column ${i + 1}`}
          />
        </div>
      ))}
    </div>
  );
}
