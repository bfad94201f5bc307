import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconCopy, IconLifebuoy, IconTrash } from '@tabler/icons-react';
import type { Block } from '@/lib/generated/api';
import { fieldsOf, labelOf } from '../fields/form';
import { FieldControl } from '../fields/FieldControl';
import fields from '../fields/fields.module.css';
import { ChoiceForm } from './ChoiceForm';
import { ColumnsForm } from './ColumnsForm';
import { useChangeBlock, useEditing } from './draft';
import { IdField } from './IdField';
import { KeepAsBlock } from './KeepAsBlock';
import { kindsFor, made } from './make';
import { RefForm } from './RefForm';
import { duplicate, idOf, inList, remove, type Visited } from './tree';
import css from './Editor.module.css';

/** The form of the chosen block, drawn from the table of kinds. */
export function BlockForm({ at }: { at: Visited }) {
  const { kinds, template, edit, choose } = useEditing();
  const { block } = at;
  const id = idOf(block);
  const label = labelOf(kinds, block.kind);
  return (
    <section className={css.form} aria-label={`${label} ${id}`}>
      <header className={css.formHead}>
        <h2>{label}</h2>
        <IdField key={id} block={block} />
        {inList(at.slot) && block.kind !== 'block' && <KeepAsBlock block={block} />}
        {inList(at.slot) && (
          <Tooltip label="Duplicate (Ctrl D)">
            <ActionIcon
              aria-label="Duplicate"
              onClick={() => {
                const copy = duplicate(template.blocks, id);
                edit((t) => ({ ...t, blocks: copy.blocks }));
                choose({ part: 'block', id: copy.id });
              }}
            >
              <IconCopy size={15} />
            </ActionIcon>
          </Tooltip>
        )}
        {at.slot.in !== 'variant' && (
          <Tooltip label="Remove">
            <ActionIcon
              aria-label="Remove"
              onClick={() => {
                edit((t) => ({ ...t, blocks: remove(t.blocks, id) }));
                choose(at.slot.in === 'fallback' ? { part: 'block', id: at.slot.of } : null);
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <Body block={block} />
      <Fallback block={block} />
    </section>
  );
}

/** The fields of a block without its head; a choice shows those of its variants too. */
export function Body({ block }: { block: Block }) {
  const { kinds } = useEditing();
  if (block.kind === 'choice') return <ChoiceForm block={block} />;
  if (block.kind === 'columns') return <ColumnsForm block={block} />;
  if (block.kind === 'block') return <RefForm block={block} />;
  return (
    <div className={fields.form}>
      {fieldsOf(kinds, block.kind).map((f) => (
        <FieldControl key={`${idOf(block)} ${f.name}`} block={block} field={f} />
      ))}
    </div>
  );
}

/** What is shown where the block has nothing to show, or a variable has no value. */
function Fallback({ block }: { block: Block }) {
  const { kinds, template, choose } = useEditing();
  const change = useChangeBlock(idOf(block));
  if (block.kind === 'divider' || block.kind === 'spacer') return null;
  if (block.fallback)
    return (
      <p className={css.fallback}>
        <IconLifebuoy size={14} aria-hidden />
        <span>
          If it has nothing to show, or a variable is missing:{' '}
          <button type="button" className={fields.link} onClick={() => choose({ part: 'block', id: idOf(block.fallback ?? block) })}>
            {labelOf(kinds, block.fallback.kind)}
          </button>
        </span>
      </p>
    );
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconLifebuoy size={14} />} className={css.fallbackAdd}>
          Add a fallback
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Shown where this block cannot be</Menu.Label>
        {kindsFor(kinds, true)
          .filter((k) => k.kind !== 'block' && k.kind !== 'choice')
          .map((k) => (
            <Menu.Item
              key={k.kind}
              onClick={() => {
                const fallback = made(k.kind, template.blocks);
                change((b) => ({ ...b, fallback }));
                choose({ part: 'block', id: idOf(fallback) });
              }}
            >
              {k.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
