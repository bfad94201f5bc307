import { ActionIcon, Button, Menu, SegmentedControl, Select, Tabs, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Block } from '@/lib/generated/api';
import { useRule, useRules } from '../api';
import { labelOf } from '../fields/form';
import fields from '../fields/fields.module.css';
import { Body } from './BlockForm';
import { useChangeBlock, useEditing } from './draft';
import { choicesOf, kindsFor, made } from './make';
import { RuleForm } from './RuleForm';
import { idOf, renameVariant } from './tree';
import css from './Editor.module.css';

/** Who gets what: a rule, and a variant for everything that it can choose. */
export function ChoiceForm({ block }: { block: Block }) {
  const change = useChangeBlock(idOf(block));
  const rules = useRules();
  const shared = block.rule_slug !== undefined && block.rule_slug !== '';
  const first = rules.data?.[0]?.slug;
  return (
    <div className={fields.form}>
      <SegmentedControl
        aria-label="Rule"
        fullWidth
        value={shared ? 'shared' : 'own'}
        data={[
          { value: 'own', label: 'Its own rule' },
          { value: 'shared', label: 'A shared rule', disabled: !shared && !first },
        ]}
        onChange={(v) =>
          change((b) => {
            const { rule: _, rule_slug: __, ...rest } = b;
            if (v === 'shared') return { ...rest, rule_slug: first ?? '' };
            return { ...rest, rule: { branches: [], default: Object.keys(b.variants ?? {})[0] } };
          })
        }
      />
      {shared ? <SharedRule block={block} /> : <RuleForm block={block} />}
      <Variants block={block} />
    </div>
  );
}

function SharedRule({ block }: { block: Block }) {
  const { template } = useEditing();
  const change = useChangeBlock(idOf(block));
  const rules = useRules();
  const rule = useRule(block.rule_slug ?? '');
  const lacking = rule.data ? choicesOf(rule.data.rule).filter((c) => !block.variants?.[c]) : [];
  const about = rules.data?.find((r) => r.slug === block.rule_slug);
  return (
    <div>
      <Select
        aria-label="Shared rule"
        data={(rules.data ?? []).map((r) => ({ value: r.slug, label: r.name }))}
        value={block.rule_slug ?? null}
        allowDeselect={false}
        searchable
        onChange={(s) => s && change((b) => ({ ...b, rule_slug: s }))}
      />
      {about && <p className={fields.help}>{about.sentence}</p>}
      {lacking.length > 0 && (
        <Button
          mt={8}
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            change((b) => {
              let all = template.blocks;
              const variants = { ...b.variants };
              for (const name of lacking) {
                const v = { ...made('text', all), content: `<p>For ${name}.</p>` };
                all = [...all, v];
                variants[name] = v;
              }
              return { ...b, variants };
            })
          }
        >
          Add variants for {lacking.join(', ')}
        </Button>
      )}
    </div>
  );
}

/** The variants as tabs, each with the form of its block. */
function Variants({ block }: { block: Block }) {
  const { kinds, template, traces } = useEditing();
  const change = useChangeBlock(idOf(block));
  const names = Object.keys(block.variants ?? {});
  const taken = [...traces.values()].find((t) => t.id === block.id)?.variant;
  const [shown, setShown] = useState<string | null>(null);
  const current = shown !== null && names.includes(shown) ? shown : taken && names.includes(taken) ? taken : (names[0] ?? null);
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
        <Tabs.List aria-label="Variants">
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {name}
              {name === taken && <span className={css.dot} role="img" aria-label="what this person gets" />}
            </Tabs.Tab>
          ))}
          <Tooltip label="Add a variant">
            <ActionIcon aria-label="Add a variant" size={24} onClick={add} className={css.tabAdd}>
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        </Tabs.List>
        {current !== null && variant && (
          <Tabs.Panel value={current} pt={12}>
            <div className={css.variantHead}>
              <VariantName key={current} name={current} names={names} onName={(to) => {
                change((b) => renameVariant(b, current, to));
                setShown(to);
              }} />
              <Menu>
                <Menu.Target>
                  <Button variant="subtle" color="gray">
                    {labelOf(kinds, variant.kind)}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Label>Make it a</Menu.Label>
                  {kindsFor(kinds, false).filter((k) => k.kind !== 'block').map((k) => (
                    <Menu.Item key={k.kind} onClick={() => change((b) => ({ ...b, variants: { ...b.variants, [current]: { ...made(k.kind, template.blocks), id: variant.id } } }))}>
                      {k.label}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
              <Tooltip label="Remove the variant">
                <ActionIcon
                  aria-label={`Remove the variant ${current}`}
                  disabled={names.length < 2}
                  onClick={() =>
                    change((b) => {
                      const { [current]: _, ...variants } = b.variants ?? {};
                      return { ...b, variants };
                    })
                  }
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </Tooltip>
            </div>
            <Body key={idOf(variant)} block={variant} />
          </Tabs.Panel>
        )}
      </Tabs>
    </section>
  );
}

function VariantName({ name, names, onName }: { name: string; names: string[]; onName: (to: string) => void }) {
  const [text, setText] = useState(name);
  const wrong = !/^[\w.-]{1,64}$/.test(text) || (text !== name && names.includes(text));
  return (
    <TextInput
      aria-label="Name of the variant"
      value={text}
      error={wrong}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={() => (wrong ? setText(name) : text !== name && onName(text))}
      onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
      style={{ flex: 1 }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
