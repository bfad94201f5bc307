import { SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Counts } from '@/components/condition/counts';
import type { ConditionDraft } from '@/components/condition/draft';
import { countedOf } from '@/components/condition/node';
import { asSentence, useSentence } from '@/components/condition/sentence';
import { count, decimal, share } from '@/lib/format';
import { AsOf } from './AsOf';
import { JsonView } from './JsonView';
import { People } from './People';
import { Why } from './Why';
import css from './editor.module.css';

interface Props {
  draft: ConditionDraft;
  counts: Counts;
  slug: string;
  /** The day as of whose end is looked, "2026-05-03"; "" is now. */
  day: string;
  onDay: (day: string) => void;
}

type Tab = 'people' | 'why' | 'json';

/** Who the condition is: how many, in words, some of them, and why any one is in or out. */
export function SidePane({ draft, counts, slug, day, onDay }: Props) {
  const [tab, setTab] = useState<Tab>('people');
  const [root] = useDebouncedValue(draft.root, 60);
  const condition = countedOf(root);
  const whole = (counts.count ?? -1) >= 0;
  return (
    <aside className={css.side} aria-label="Who that is">
      <Answer counts={counts} />
      <AsOf day={day} onDay={onDay} />
      <Says draft={draft} />
      <SegmentedControl
        fullWidth
        value={tab}
        onChange={(v) => setTab(v as Tab)}
        data={[
          { value: 'people', label: 'People' },
          { value: 'why', label: 'Why in or out' },
          { value: 'json', label: 'JSON' },
        ]}
      />
      <div className={css.tab}>
        {tab === 'people' && <People condition={condition} count={counts.count} whole={whole} current={!counts.stale} at={counts.at} />}
        {tab === 'why' && <Why condition={condition} whole={whole} current={!counts.stale} slug={slug} at={counts.at} />}
        {tab === 'json' && <JsonView draft={draft} />}
      </div>
    </aside>
  );
}

function Answer({ counts }: { counts: Counts }) {
  const { count: n, total } = counts;
  const known = n !== undefined && n >= 0 && total !== undefined;
  const unfinished = n !== undefined && n < 0;
  return (
    <div className={css.answer} data-stale={counts.stale || undefined} role="status">
      <div className={css.big}>{known ? count(n) : unfinished ? '–' : ' '}</div>
      <div className={css.ofTotal}>
        {known ? `${share(n, total)} of ${count(total)} people` : unfinished ? 'One part is unfinished; the others are counted' : ' '}
        {known && counts.ms !== undefined && <span className={css.ms}> · {decimal(counts.ms)} ms</span>}
      </div>
      <div className={css.bigBar}>
        <span style={{ transform: `scaleX(${known && total > 0 ? n / total : 0})` }} />
      </div>
    </div>
  );
}

function Says({ draft }: { draft: ConditionDraft }) {
  const sentence = useSentence(draft.condition);
  const text = sentence.data ?? '';
  return <p className={css.sentence}>{draft.root.children.length === 0 ? 'Everyone.' : asSentence(text)}</p>;
}
