import type { Block, Branch } from '@/lib/generated/api';
import { useSegments } from '../api';
import { useChangeBlock } from './draft';
import { RuleLines } from './RuleLines';
import { idOf } from './tree';

/** The rule of a choice: branches tried from the top, rules within them, then the default. */
export function RuleForm({ block }: { block: Block }) {
  const change = useChangeBlock(idOf(block));
  const segments = useSegments();
  const names = Object.keys(block.variants ?? {});
  const rule = block.rule ?? { branches: [] };
  const fresh = (choose: string): Branch => ({
    name: '',
    when: segments.data?.[0] ? { kind: 'segment', segment: segments.data[0].slug, op: 'in' } : { kind: 'everyone' },
    choose,
  });
  return (
    <section aria-label="Rule">
      <RuleLines rule={rule} path="" within="" names={names} fresh={fresh} onChange={(f, field) => change((b) => ({ ...b, rule: f(b.rule ?? { branches: [] }) }), field)} />
    </section>
  );
}
