import { dateTime } from '@/lib/format';
import type { Answer, BlockTrace } from '@/lib/generated/api';

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
  const [at = '', ...where] = path.split(', '); // a place within a text may follow: ", line 1, column 5"
  const words: string[] = [];
  const steps = at.match(/[^.[\]]+|\[\d+\]/g) ?? [];
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
  return [words.reverse().join(' of ') || 'the template', ...where].join(', ');
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

/** Which branch of a rule chose, or that none did. */
export function branchOf(b: BlockTrace): string {
  const rule = b.rule;
  if (!rule) return '';
  if (rule.chosen === '') return 'no branch holds, and there is no default';
  // The innermost branch that the choice lies in; the default of a nested rule lies in one too.
  const taken = rule.tried.findLast((t) => t.holds && (rule.path === t.path || rule.path.startsWith(`${t.path}.`)));
  if (!taken) return 'no branch holds, so the default';
  const name = taken.name || placeInWords(taken.path);
  return rule.path.endsWith('default') ? `${name}, and none of its own branches` : name;
}

/** How what a content service said came about. */
export function serviceInWords(a: Answer): string {
  if (a.state === 'failed') return `services.${a.service}: ${a.message}`;
  const had = a.value === null ? 'had nothing for this person' : 'answered';
  return a.state === 'kept' ? `services.${a.service} ${had} when it was asked at ${dateTime(a.asked_at)}` : `services.${a.service} ${had} for this message`;
}
