import type { BlockTrace } from '@/lib/generated/api';

const kinds: Record<string, string> = {
  heading: 'Heading', text: 'Text', image: 'Image', button: 'Button', products: 'Products', divider: 'Divider',
  spacer: 'Space', columns: 'Columns', html: 'HTML', choice: 'Choice', block: 'Reusable block',
};

/** A kind of block as people say it. */
export function kindInWords(kind: string): string {
  return kinds[kind] ?? kind;
}

/**
 * A place of a template as people say it: blocks[1].variants.vip.content →
 * "the text of variant “vip” of block 2".
 */
export function placeInWords(path: string): string {
  const words: string[] = [];
  const steps = path.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? '';
    const next = steps[i + 1] ?? '';
    const n = /^\[(\d+)\]$/.exec(next)?.[1];
    if (step === 'blocks' && n !== undefined) words.push(`block ${Number(n) + 1}`);
    else if (step === 'columns' && n !== undefined) words.push(`column ${Number(n) + 1}`);
    else if (step === 'branches' && n !== undefined) words.push(`branch ${Number(n) + 1}`);
    else if (step === 'variants' && next !== '') words.push(`variant “${next}”`);
    else {
      if (!/^\[/.test(step)) words.push(step === 'fallback' ? 'the fallback' : `the ${fields[step] ?? step}`);
      continue;
    }
    i++;
  }
  return words.reverse().join(' of ') || 'the template';
}

const fields: Record<string, string> = {
  content: 'text', url: 'link', source: 'source', alt: 'description', rule_slug: 'shared rule', per_row: 'number in a row', then: 'nested rule', choose: 'choice', when: 'condition',
};

/** What became of a block for this person, in a few words. */
export function outcome(b: BlockTrace): string {
  if (b.fallback) return 'fallback';
  if (b.hidden) return 'not shown';
  if (b.variant) return b.variant;
  return '';
}

/** The name of the branch that chose, or that none did. */
export function branchOf(b: BlockTrace): string {
  if (!b.rule) return '';
  const taken = b.rule.tried.findLast((t) => t.holds);
  if (b.rule.chosen === '') return 'no branch holds, and there is no default';
  if (!taken || taken.choose !== b.rule.chosen) return 'no branch holds, so the default';
  return taken.name || `branch ${taken.path}`;
}
