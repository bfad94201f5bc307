import { Button, useComputedColorScheme } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import css from './Chart.module.css';
import { chartColors, type ChartColors } from './colors';
import type { ChartOption, EChartsType } from './echarts';

export interface ChartTable {
  columns: string[];
  rows: (string | number)[][];
}

interface Props {
  /** What the picture shows, in a sentence: its name for those who do not see it. */
  label: string;
  /** The option of ECharts, drawn with the colours of the theme. Keep it stable with useCallback. */
  option: (colors: ChartColors) => ChartOption;
  /** The same as numbers. */
  table: ChartTable;
  height?: number;
}

/** Spread into a grid of one's own: its edges are those of the labels. */
export const roomForLabels = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** A picture with a table behind it. */
export function Chart({ label, option, table, height = 240 }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={css.figure} aria-label={label}>
      {asTable ? <Numbers label={label} table={table} height={height} /> : <Picture label={label} option={option} height={height} />}
      {!asTable && (
        <div className="visually-hidden">
          <Numbers label={label} table={table} />
        </div>
      )}
      <Button variant="subtle" color="gray" className={css.toggle} leftSection={asTable ? <IconChartBar size={14} /> : <IconTable size={14} />} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'As a picture' : 'As a table'}
      </Button>
    </figure>
  );
}

function Picture({ label, option, height }: Pick<Props, 'label' | 'option'> & { height: number }) {
  const ref = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const el = ref.current;
    if (!el) return;
    let chart: EChartsType | undefined;
    let gone = false;
    const watch = new ResizeObserver(() => chart?.resize());
    // Loaded when the first chart is shown: most pages have none.
    void import('./echarts').then(({ init }) => {
      if (gone) return;
      const colors = chartColors();
      chart = init(el, undefined, { renderer: 'svg' });
      chart.setOption({
        animationDuration: 150,
        // Named, since labels are measured by a canvas, which inherits nothing.
        textStyle: { fontFamily: getComputedStyle(el).fontFamily, fontSize: 12, color: colors.muted },
        grid: { left: 8, right: 16, top: 16, bottom: 8, ...roomForLabels },
        color: colors.series,
        ...option(colors),
      });
      watch.observe(el);
    });
    return () => {
      gone = true;
      watch.disconnect();
      chart?.dispose();
    };
  }, [option, scheme]);
  return <div ref={ref} role="img" aria-label={label} style={{ height }} />;
}

function Numbers({ label, table, height }: { label: string; table: ChartTable; height?: number }) {
  return (
    <div className={height === undefined ? undefined : css.numbers} style={{ height }} tabIndex={height === undefined ? undefined : 0} role={height === undefined ? undefined : 'region'} aria-label={height === undefined ? undefined : label}>
      <table className={css.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {table.columns.map((c) => (
              <th key={c} scope="col">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, i) => (
            <tr key={i}>
              {cells.map((cell, j) => (
                <td key={j}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
