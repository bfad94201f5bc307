import { Button } from '@mantine/core';
import { useState } from 'react';
import { Bone } from '@/components/states/Loading';
import { count, plural } from '@/lib/format';
import type { ExcludedGroup } from '@/lib/generated/api';
import css from '../campaigns.module.css';
import { PeopleDrawer } from './PeopleDrawer';

interface Props {
  /** Where the people can be listed from; without, only their numbers are known. */
  slug?: string;
  version?: number;
  permitted: number | undefined;
  included: number | undefined;
  excluded: ExcludedGroup[];
  stale?: boolean;
}

/** How many get it, and how many do not, by reason. */
export function Reach({ slug, version = 0, permitted, included, excluded, stale }: Props) {
  const [listed, setListed] = useState<{ reason: string; title: string } | null>(null);
  if (permitted === undefined || included === undefined) {
    return (
      <div className={css.reach}>
        <Bone width="40%" height={20} />
      </div>
    );
  }
  const most = Math.max(1, ...excluded.map((g) => g.count));
  return (
    <div className={css.reach} data-stale={stale || undefined}>
      <div className={css.reachHead}>
        <strong className={css.big}>{count(permitted)}</strong>
        <span>
          {permitted === 1 ? 'person gets it' : 'people get it'}
          {included > permitted && <span className={css.muted}> of {count(included)}</span>}
        </span>
        {slug && permitted > 0 && (
          <Button variant="subtle" onClick={() => setListed({ reason: 'permitted', title: `${plural(permitted, 'person gets', 'people get')} it` })}>
            See them
          </Button>
        )}
      </div>
      {excluded.length > 0 && (
        <table className={css.reasons}>
          <caption>Left out</caption>
          <tbody>
            {excluded.map((g) => (
              <tr key={g.reason}>
                <th scope="row">{capital(g.label)}</th>
                <td className={css.number}>{count(g.count)}</td>
                <td className={css.barCell}>
                  <span className={css.minibar} style={{ width: `${(100 * g.count) / most}%` }} />
                </td>
                {slug && (
                  <td className={css.seeCell}>
                    <Button variant="subtle" aria-label={`See them: ${g.count} left out, ${g.label}`} onClick={() => setListed({ reason: g.reason, title: `Left out: ${g.label}` })}>
                      See them
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {slug && listed && <PeopleDrawer slug={slug} version={version} reason={listed.reason} title={listed.title} onClose={() => setListed(null)} />}
    </div>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
