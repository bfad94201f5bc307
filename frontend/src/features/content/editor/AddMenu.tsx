import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Block } from '@/lib/generated/api';
import { useBlocks, useSegments } from '../api';
import { useEditing } from './draft';
import { iconOf } from './icons';
import { kindsFor, made } from './make';

interface Props {
  /** All blocks of the template, whose ids are taken. */
  blocks: readonly Block[];
  onAdd: (block: Block) => void;
  inColumn?: boolean;
  label?: string;
}

/** What can be added: the program's kinds of blocks, and the reusable ones by name. */
export function AddMenu({ blocks, onAdd, inColumn = false, label = 'Add a block' }: Props) {
  const { kinds, kind, slug } = useEditing();
  const segments = useSegments();
  const reusable = (useBlocks().data ?? []).filter((b) => kind !== 'block' || b.slug !== slug);
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={480} style={{ overflowY: 'auto' }}>
        {kindsFor(kinds, inColumn)
          .filter((k) => k.kind !== 'block')
          .map((k) => {
            const Sign = iconOf(k.kind);
            return (
              <Menu.Item key={k.kind} leftSection={<Sign size={15} />} onClick={() => onAdd(made(k.kind, blocks, segments.data?.[0]?.slug))}>
                {k.label}
              </Menu.Item>
            );
          })}
        {reusable.length > 0 && <Menu.Label>Reusable blocks</Menu.Label>}
        {reusable.map((b) => {
          const Sign = iconOf('block');
          return (
            <Menu.Item key={b.slug} leftSection={<Sign size={15} />} onClick={() => onAdd({ ...made('block', blocks), block: b.slug })}>
              {b.name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
