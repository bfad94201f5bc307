import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { said } from '@/components/toast/toast';
import type { Block } from '@/lib/generated/api';
import { useBlocks, useDocument } from '../api';
import fields from '../fields/fields.module.css';
import { useChangeBlock, useEditing } from './draft';
import { find, idOf, inList, replaceBy } from './tree';

/** Which reusable block stands here, and the ways to it and away from it. */
export function RefForm({ block }: { block: Block }) {
  const { slug, kind, template, edit, choose } = useEditing();
  const id = idOf(block);
  const change = useChangeBlock(id);
  const blocks = useBlocks();
  const target = useDocument('block', block.block ?? '').data;
  const slot = find(template.blocks, id)?.slot;
  const inner = target?.template.blocks ?? [];
  const fits = inner.length > 0 && slot !== undefined && (inList(slot) || inner.length === 1);
  const detach = () => {
    edit((t) => ({ ...t, blocks: replaceBy(t.blocks, id, inner) }));
    choose(null);
    said(`“${target?.template.name ?? block.block}” is copied here. Changes of the reusable block no longer come to this e-mail.`);
  };
  return (
    <div className={fields.form}>
      <Select
        label="Reusable block"
        description="It is changed in one place, and changes everywhere."
        data={(blocks.data ?? []).filter((b) => kind !== 'block' || b.slug !== slug).map((b) => ({ value: b.slug, label: b.name }))}
        value={block.block ?? null}
        allowDeselect={false}
        searchable
        onChange={(s) => s && change((b) => ({ ...b, block: s }), 'block')}
      />
      <div className={fields.linkButtons}>
        <Button component={Link} to={`/content/blocks/${block.block ?? ''}`} disabled={!target}>
          Open it
        </Button>
        <Button onClick={detach} disabled={!fits} title="Copies its blocks here, to be changed for this e-mail alone">
          Detach
        </Button>
      </div>
    </div>
  );
}
