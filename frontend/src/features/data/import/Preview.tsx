import { Button } from '@mantine/core';
import { useState } from 'react';
import { Section } from '@/components/page/Page';
import type { ImportPlan } from '@/lib/generated/api';
import css from './import.module.css';

/** The first rows as they stand in the file. */
export function Preview({ plan }: { plan: ImportPlan }) {
  const [all, setAll] = useState(false);
  const rows = all ? plan.sample_rows : plan.sample_rows.slice(0, 5);
  return (
    <Section title="The first rows of the file">
      <div className={css.preview} tabIndex={0} role="group" aria-label="Rows and columns">
        <table>
          <thead>
            <tr>
              {plan.columns.map((c) => (
                <th key={c.index} data-left={c.target === 'ignore' || undefined}>
                  {c.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, i) => (
              <tr key={i}>
                {plan.columns.map((c) => (
                  <td key={c.index} data-left={c.target === 'ignore' || undefined}>
                    {cells[c.index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {plan.sample_rows.length > 5 && (
        <Button variant="subtle" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${plan.sample_rows.length}`}
        </Button>
      )}
    </Section>
  );
}
