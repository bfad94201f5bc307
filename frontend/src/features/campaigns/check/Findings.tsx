import { Button } from '@mantine/core';
import type { Decision } from '../api';
import { DecisionMenu } from './DecisionMenu';
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { placeInWords } from '@/components/preview/words';
import { count, plural } from '@/lib/format';
import type { ProofGroup } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import panels from '../panels.module.css';
import type { Found } from './FoundDrawer';

interface Props {
  groups: ProofGroup[];
  onOpen: (found: Found) => void;
  /** Absent where nothing can be decided any more. */
  onDecide?: (group: ProofGroup, what: Decision) => void;
}

interface Kind {
  /** Worse first. */
  rank: number;
  tone: 'bad' | 'warn' | 'plain';
  /** What it means for these people, after their number: one of them, several. */
  about: [one: string, many: string];
}

const kinds: Record<string, Kind> = {
  error: { rank: 0, tone: 'bad', about: ['gets no message', 'get no message'] },
  subject: { rank: 1, tone: 'bad', about: ['gets a message without a subject', 'get a message without a subject'] },
  missing: { rank: 2, tone: 'warn', about: ['has no', 'have no'] },
  picture: { rank: 3, tone: 'warn', about: ['gets', 'get'] },
  link: { rank: 4, tone: 'warn', about: ['gets it without a link', 'get it without a link'] },
  oversize: { rank: 5, tone: 'warn', about: ['gets a message that Gmail cuts', 'get a message that Gmail cuts'] },
  fallback: { rank: 6, tone: 'plain', about: ['gets the fallback', 'get the fallback'] },
  default: { rank: 7, tone: 'plain', about: ['gets a default for', 'get a default for'] },
};

const unknownKind: Kind = { rank: 8, tone: 'plain', about: ['is concerned', 'are concerned'] };

export function kindOf(group: Pick<ProofGroup, 'kind'>): Kind {
  return kinds[group.kind] ?? unknownKind;
}

/** What was found, the worst first, and what concerns most people first among equals. */
export function ranked(groups: ProofGroup[]): ProofGroup[] {
  return groups.toSorted((a, b) => kindOf(a).rank - kindOf(b).rank || b.count - a.count);
}

/** What the check found, grouped by place and reason, with the people it concerns. */
export function Findings({ groups, onOpen, onDecide }: Props) {
  if (groups.length === 0)
    return (
      <p className={panels.good}>
        <IconCheck size={15} /> Nothing fails, nothing is missing, nothing is too large.
      </p>
    );
  return (
    <ul className={panels.findings} aria-label="What was found">
      {ranked(groups).map((g) => {
        const { tone } = kindOf(g);
        return (
          <li key={`${g.kind} ${g.place} ${g.message}`} data-tone={tone}>
            {tone === 'bad' ? <IconX size={15} /> : tone === 'warn' ? <IconAlertTriangle size={15} /> : <IconInfoCircle size={15} />}
            <span className={panels.finding}>
              <span>
                <strong>{plural(g.count, 'person', 'people')}</strong> {saidOf(g)}
              </span>
              {(g.place || isNews(g)) && <span className={css.muted}>{[findingPlace(g.place), isNews(g)].filter(Boolean).join(' · ')}</span>}
            </span>
            <DecisionMenu group={g} onDecide={onDecide} />
            <Button variant="subtle" onClick={() => onOpen({ title: `${plural(g.count, 'person', 'people')} ${saidOf(g)}`, about: findingPlace(g.place), what: 'item', number: g.item })}>
              See them
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** What a finding means for its people, after their number. */
export function saidOf(g: ProofGroup): string {
  const about = kindOf(g).about[g.count === 1 ? 0 : 1];
  if (g.kind === 'missing') return `${about} “${g.message}”, and nothing stands in for it`;
  if (g.kind === 'default') return `${about} “${g.message}”`;
  if (g.kind === 'subject') return about;
  if (g.kind === 'picture') return `${about} ${g.message}`;
  return g.message ? `${about}: ${g.message}` : about;
}

/** What is new since the check before: "new", "12 before"; "" when nothing is. */
export function isNews(g: Pick<ProofGroup, 'count' | 'was'>): string {
  if (g.was < 0 || g.was === g.count) return '';
  return g.was === 0 ? 'new since the last check' : `${count(g.was)} at the last check`;
}

/** Where in the e-mail that is: "In the subject", "In the block “greet”". */
export function findingPlace(place: string): string {
  const [where = ''] = place.split(',');
  if (where === '') return '';
  if (['subject', 'preheader'].includes(where) || /[.[]/.test(where)) return `In ${placeInWords(where)}`;
  return `In the block “${where}”`;
}
