import { ActionIcon, Button, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Block, Branch } from '@/lib/generated/api';
import { useSegments } from '../api';
import fields from '../fields/fields.module.css';
import { useChangeBlock } from './draft';
import { idOf } from './tree';
import { When } from './When';
import css from './Editor.module.css';

/** The branches of a choice's own rule, tried from the top; then the default. */
export function RuleForm({ block }: { block: Block }) {
  const id = idOf(block);
  const change = useChangeBlock(id);
  const segments = useSegments();
  const names = Object.keys(block.variants ?? {});
  const branches = block.rule?.branches ?? [];
  const set = (f: (list: Branch[]) => Branch[], field?: string) => change((b) => ({ ...b, rule: { ...b.rule, branches: f(b.rule?.branches ?? []) } }), field);
  const add = () =>
    set((list) => [
      ...list,
      {
        name: '',
        when: segments.data?.[0] ? { kind: 'segment', segment: segments.data[0].slug, op: 'in' } : { kind: 'event', event: 'order_placed' },
        choose: names.find((n) => n !== block.rule?.default && !list.some((x) => x.choose === n)) ?? names[0] ?? '',
      },
    ]);
  return (
    <section aria-label="Rule" className={css.rule}>
      <ol className={css.branches}>
        {branches.map((b, i) => (
          <li key={i} className={css.branch}>
            <div className={fields.row}>
              <TextInput
                className={fields.grow}
                aria-label={`Name of branch ${i + 1}`}
                placeholder={`Who is it? (branch ${i + 1})`}
                value={b.name ?? ''}
                onChange={(e) => {
                  const name = e.currentTarget.value;
                  set((list) => list.map((x, j) => (j === i ? { ...x, name } : x)), `branch ${i}`);
                }}
              />
              <Move i={i} by={-1} last={branches.length - 1} onMove={set} />
              <Move i={i} by={1} last={branches.length - 1} onMove={set} />
              <Tooltip label="Remove the branch">
                <ActionIcon size={24} aria-label={`Remove branch ${i + 1}`} onClick={() => set((list) => list.filter((_, j) => j !== i))}>
                  <IconTrash size={14} />
                </ActionIcon>
              </Tooltip>
            </div>
            <When condition={b.when} onChange={(when) => set((list) => list.map((x, j) => (j === i ? { ...x, when } : x)))} />
            {b.then ? (
              <p className={fields.help}>A rule within this branch chooses; it is edited as code.</p>
            ) : (
              <Target label={`Variant of branch ${i + 1}`} names={names} value={b.choose ?? null} onChange={(choose) => set((list) => list.map((x, j) => (j === i ? { ...x, choose: choose ?? '' } : x)))} />
            )}
          </li>
        ))}
      </ol>
      <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={add}>
        Add a branch
      </Button>
      <div className={css.otherwise}>
        <span>Otherwise</span>
        <Target
          label="Variant for everybody else"
          names={names}
          clearable
          value={block.rule?.default ?? null}
          onChange={(d) => change((b) => ({ ...b, rule: { branches: b.rule?.branches ?? [], ...(d ? { default: d } : {}) } }))}
        />
      </div>
    </section>
  );
}

function Target({ label, names, value, onChange, clearable = false }: { label: string; names: string[]; value: string | null; onChange: (v: string | null) => void; clearable?: boolean }) {
  return (
    <Select
      aria-label={label}
      data={names}
      value={value}
      onChange={onChange}
      clearable={clearable}
      allowDeselect={false}
      placeholder="nothing"
      leftSection={<span aria-hidden>→</span>}
      style={{ flex: 1 }}
    />
  );
}

function Move({ i, by, last, onMove }: { i: number; by: -1 | 1; last: number; onMove: (f: (list: Branch[]) => Branch[]) => void }) {
  const label = by < 0 ? `Try branch ${i + 1} earlier` : `Try branch ${i + 1} later`;
  return (
    <ActionIcon
      size={24}
      aria-label={label}
      disabled={i + by < 0 || i + by > last}
      onClick={() =>
        onMove((list) => {
          const next = [...list];
          const [one] = next.splice(i, 1);
          if (one) next.splice(i + by, 0, one);
          return next;
        })
      }
    >
      {by < 0 ? <IconArrowUp size={14} /> : <IconArrowDown size={14} />}
    </ActionIcon>
  );
}
