import { TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { Block } from '@/lib/generated/api';
import { useEditing } from './draft';
import { idOf, update, visit } from './tree';

/** The name by which findings, traces and results speak of a block. */
export function IdField({ block }: { block: Block }) {
  const { template, edit, choose } = useEditing();
  const id = idOf(block);
  const [text, setText] = useState(id);
  const taken = text !== id && visit(template.blocks).some((v) => idOf(v.block) === text);
  const wrong = !/^[\w.-]{1,64}$/.test(text) ? 'Letters, digits, - _ and . only' : taken ? 'Another block has this name' : null;
  const keep = () => {
    if (wrong || text === id) {
      setText(id);
      return;
    }
    edit((t) => ({ ...t, blocks: update(t.blocks, id, (b) => ({ ...b, id: text })) }));
    choose({ part: 'block', id: text });
  };
  return (
    <Tooltip label={wrong ?? 'The name of the block, in checks and results'} opened={wrong !== null ? true : undefined}>
      <TextInput
        aria-label="Name of the block"
        value={text}
        error={wrong !== null}
        onChange={(e) => setText(e.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(e) => {
          if (e.key === 'Enter') e.currentTarget.blur();
          if (e.key === 'Escape') {
            e.stopPropagation();
            setText(id);
          }
        }}
        style={{ flex: 1, minWidth: 0 }}
        spellCheck={false}
        autoComplete="off"
      />
    </Tooltip>
  );
}
