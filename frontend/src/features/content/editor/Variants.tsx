import { ActionIcon, Button, Menu, Tabs, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { use, useState } from 'react';
import { count } from '@/lib/format';
import type { Block, RuleRule } from '@/lib/generated/api';
import { useRule } from '../api';
import { labelOf } from '../fields/form';
import { Body } from './BlockForm';
import { useChangeBlock, useEditing } from './draft';
import { kindsFor, made } from './make';
import { byVariant, Shares } from './shares';
import { idOf, renameVariant } from './tree';
import css from './Editor.module.css';

/** The variants of a choice as tabs, each with the form of its block; to begin with, what this person gets. */
export function Variants({ block }: { block: Block }) {
  const { template, traces } = useEditing();
  const change = useChangeBlock(idOf(block));
  const names = Object.keys(block.variants ?? {});
  const taken = [...traces.values()].find((t) => t.id === block.id)?.variant;
  const [shown, setShown] = useState<string | null>(null);
  const shares = use(Shares);
  const shared = useRule(block.rule_slug ?? '').data?.rule as RuleRule | undefined;
  const got = shares && byVariant(shares, (block.rule_slug ? shared : block.rule)?.default);
  const current = [shown, taken, names[0]].find((n) => n !== null && n !== undefined && names.includes(n)) ?? null;
  const variant = current === null ? undefined : block.variants?.[current];
  const add = () => {
    let n = names.length + 1;
    while (names.includes(`variant-${n}`)) n++;
    const name = `variant-${n}`;
    change((b) => ({ ...b, variants: { ...b.variants, [name]: { ...made('text', template.blocks), content: '<p>Write here.</p>' } } }));
    setShown(name);
  };
  return (
    <section aria-label="Variants">
      <Tabs value={current} onChange={setShown} variant="default" classNames={{ list: css.variantTabs }}>
        <div className={css.variantBar}>
          <Tabs.List aria-label="Variants">
            {names.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {name}
                {got && <span className={css.share}>{count(got.get(name) ?? 0)}</span>}
                {name === taken && <span className={css.dot} role="img" aria-label="what this person gets" />}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tooltip label="Add a variant">
            <ActionIcon aria-label="Add a variant" size={24} onClick={add} className={css.tabAdd}>
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        </div>
        {current !== null && variant && (
          <Tabs.Panel value={current} pt={12}>
            <VariantHead key={current} choice={block} name={current} variant={variant} onRename={setShown} />
            <Body key={idOf(variant)} block={variant} />
          </Tabs.Panel>
        )}
      </Tabs>
    </section>
  );
}

interface HeadProps {
  choice: Block;
  name: string;
  variant: Block;
  onRename: (to: string) => void;
}

/** A variant's name, its kind, and the way to be rid of it. */
function VariantHead({ choice, name, variant, onRename }: HeadProps) {
  const { kinds, template } = useEditing();
  const change = useChangeBlock(idOf(choice));
  const [text, setText] = useState(name);
  const names = Object.keys(choice.variants ?? {});
  const wrong = !/^[\w.-]{1,64}$/.test(text) || (text !== name && names.includes(text));
  const keep = () => {
    if (wrong) setText(name);
    else if (text !== name) {
      change((b) => renameVariant(b, name, text));
      onRename(text);
    }
  };
  return (
    <div className={css.variantHead}>
      <TextInput
        aria-label="Name of the variant"
        value={text}
        error={wrong}
        onChange={(e) => setText(e.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
        style={{ flex: 1 }}
        autoComplete="off"
        spellCheck={false}
      />
      <Menu>
        <Menu.Target>
          <Button variant="subtle" color="gray">
            {labelOf(kinds, variant.kind)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Make it a</Menu.Label>
          {kindsFor(kinds, false)
            .filter((k) => k.kind !== 'block')
            .map((k) => (
              <Menu.Item key={k.kind} onClick={() => change((b) => ({ ...b, variants: { ...b.variants, [name]: { ...made(k.kind, template.blocks), id: variant.id } } }))}>
                {k.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label="Remove the variant">
        <ActionIcon
          aria-label={`Remove the variant ${name}`}
          disabled={names.length < 2}
          onClick={() =>
            change((b) => {
              const { [name]: _, ...variants } = b.variants ?? {};
              return { ...b, variants };
            })
          }
        >
          <IconTrash size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
