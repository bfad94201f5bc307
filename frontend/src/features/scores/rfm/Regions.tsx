import { Link } from '@tanstack/react-router';
import { count, share } from '@/lib/format';
import type { RFMMap } from '@/lib/generated/api';
import { peopleOf, segmentOf } from '../api';
import { regionCondition, titled, worth } from './map';
import css from './rfm.module.css';

interface Props {
  map: RFMMap;
  draft: boolean;
  region: string | null;
  onPoint: (region: string | null) => void;
}

/** The named regions with their people and revenue, the best first. */
export function Regions({ map, draft, region, onPoint }: Props) {
  return (
    <table className={css.regions} onMouseLeave={() => onPoint(null)}>
      <caption className="visually-hidden">Regions of the map with their people and revenue</caption>
      <thead>
        <tr>
          <th scope="col">Region</th>
          <th scope="col">People</th>
          <th scope="col">Revenue</th>
          <th scope="col">
            <span className="visually-hidden">See them</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {map.regions.map((r) => (
          <tr key={r.name} data-pointed={region === r.name || undefined} onMouseEnter={() => onPoint(r.name)} onFocus={() => onPoint(r.name)}>
            <th scope="row" title={r.meaning}>
              {draft ? titled(r.name) : <Link to={segmentOf(regionCondition(r.name))}>{titled(r.name)}</Link>}
            </th>
            <td>
              {count(r.people)} <span className={css.muted}>{share(r.people, map.people)}</span>
            </td>
            <td>
              {worth(map, r.revenue)} <span className={css.muted}>{share(Number(r.revenue), Number(map.revenue))}</span>
            </td>
            <td>{!draft && r.people > 0 && <Link to={peopleOf(regionCondition(r.name))} aria-label={`See the people of ${r.name}`}>People</Link>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
