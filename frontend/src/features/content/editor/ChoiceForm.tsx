import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Block } from '@/lib/generated/api';
import { useRule, useRules } from '../api';
import fields from '../fields/fields.module.css';
import { useChangeBlock, useEditing } from './draft';
import { choicesOf, made } from './make';
import { RuleForm } from './RuleForm';
import { Shares, useSharesOf } from './shares';
import { idOf } from './tree';
import { Variants } from './Variants';

/** Who gets what: a rule, and a variant for everything that it can choose. */
export function ChoiceForm({ block }: { block: Block }) {
  const change = useChangeBlock(idOf(block));
  const rules = useRules();
  const shared = block.rule_slug !== undefined && block.rule_slug !== '';
  const first = rules.data?.[0]?.slug;
  const shares = useSharesOf(block);
  return (
    <Shares value={shares}>
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
    </Shares>
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
