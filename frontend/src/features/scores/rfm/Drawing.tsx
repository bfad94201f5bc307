import { Button } from '@mantine/core';
import { IconGridDots, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { plural, share } from '@/lib/format';
import type { RFMCell, RFMMap } from '@/lib/generated/api';
import { Grid } from './Grid';
import { Regions } from './Regions';
import { caveat, tableOf, titled, worth } from './map';
import css from './rfm.module.css';

interface Props {
  map: RFMMap;
  draft: boolean;
}

/** The map beside its regions, and what is pointed at in words. */
export function Drawing({ map, draft }: Props) {
  const [cell, setCell] = useState<RFMCell | null>(null);
  const [region, setRegion] = useState<string | null>(null);
  const [asTable, setAsTable] = useState(false);
  const warning = caveat(map);
  return (
    <div className={css.drawing}>
      <figure className={css.figure} aria-label="Map of recency and frequency">
        <div className={css.axis}>Frequency: times in the period</div>
        {asTable ? (
          <Table map={map} />
        ) : (
          <Grid
            map={map}
            draft={draft}
            region={region}
            onPoint={(c) => {
              setCell(c);
              setRegion(c?.region ?? null);
            }}
          />
        )}
        {!asTable && <div className={css.axisFoot}>Recency: days since the last one</div>}
        <figcaption className={css.caption}>
          <span aria-live="polite">{cell ? inWords(map, cell) : region ? regionInWords(map, region) : draft ? 'Point at a cell for its numbers.' : 'Point at a cell for its numbers; press it to make a segment of its people.'}</span>
          <Button variant="subtle" color="gray" leftSection={asTable ? <IconGridDots size={14} /> : <IconTable size={14} />} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'As a picture' : 'As a table'}
          </Button>
        </figcaption>
        {warning && <p className={css.muted}>{warning}</p>}
      </figure>
      <Regions map={map} draft={draft} region={region} onPoint={(r) => (setRegion(r), setCell(null))} />
    </div>
  );
}

function inWords(map: RFMMap, cell: RFMCell): string {
  const meaning = map.regions.find((r) => r.name === cell.region)?.meaning ?? '';
  return `${titled(cell.region)}, recency ${cell.recency} and frequency ${cell.frequency}: ${plural(cell.people, 'person', 'people')} (${share(cell.people, map.people)}), ${worth(map, cell.revenue)} (${share(Number(cell.revenue), Number(map.revenue))} of revenue). ${meaning}`;
}

function regionInWords(map: RFMMap, name: string): string {
  const r = map.regions.find((x) => x.name === name);
  return r ? `${titled(name)}: ${r.meaning}` : '';
}

function Table({ map }: { map: RFMMap }) {
  const table = tableOf(map);
  return (
    <div className={css.numbers} tabIndex={0} role="region" aria-label="The map as a table">
      <table className={css.regions}>
        <thead>
          <tr>
            {table.columns.map((c, i) => (
              <th key={i} scope="col">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((c, j) => (
                <td key={j}>{c}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
