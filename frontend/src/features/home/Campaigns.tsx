import { Link } from '@tanstack/react-router';
import { Chip, type Tone } from '@/components/chip/Chip';
import { Section } from '@/components/page/Page';
import { relative } from '@/lib/format';
import type { CampaignSummary } from '@/lib/generated/api';
import { humanize } from '@/lib/value';
import css from './Page.module.css';

const tones: Record<string, Tone> = { running: 'accent', paused: 'warn', finished: 'ok' };

/** The campaigns that were worked on last. */
export function Campaigns({ campaigns }: { campaigns: CampaignSummary[] }) {
  if (campaigns.length === 0) return null;
  return (
    <Section title="Campaigns" aside={<Link to="/campaigns">All campaigns</Link>}>
      <ul className={css.list}>
        {campaigns.map((c) => (
          <li key={c.slug}>
            <a href={`#/campaigns/${c.slug}`} className={css.campaign}>
              <span className={css.name}>{c.name}</span>
              <span className={css.about}>{relative(c.updated_at)}</span>
              <Chip tone={tones[c.state]}>{humanize(c.state)}</Chip>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
