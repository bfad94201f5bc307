import { useCallback, useMemo } from 'react';
import { Chart, roomForLabels } from '@/components/chart/Chart';
import type { ChartColors } from '@/components/chart/colors';
import { Section } from '@/components/page/Page';
import { date, money, shortDate } from '@/lib/format';
import type { DayValue } from '@/lib/generated/api';
import { useCurrency } from '@/lib/status';
import css from './Page.module.css';

/** Revenue day by day; nothing where there is none. */
export function Revenue({ days }: { days: DayValue[] }) {
  const currency = useCurrency();
  const option = useCallback(
    (c: ChartColors) => ({
      grid: { left: 0, right: 4, top: 8, bottom: 4, ...roomForLabels },
      xAxis: { type: 'category', data: days.map((d) => shortDate(d.date)), axisTick: { show: false }, axisLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.muted, interval: 13 } },
      yAxis: { type: 'value', splitNumber: 3, splitLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.muted, formatter: (v: number) => money(v, currency, { round: true }) } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: c.paper, borderColor: c.line, textStyle: { color: c.ink, fontSize: 12 }, valueFormatter: (v: unknown) => money(Number(v), currency) },
      series: [{ type: 'bar', name: 'Revenue', data: days.map((d) => Number(d.value)), itemStyle: { color: c.accent, borderRadius: [2, 2, 0, 0] }, barCategoryGap: '30%' }],
    }),
    [days, currency],
  );
  const table = useMemo(() => ({ columns: ['Day', 'Revenue'], rows: days.map((d) => [date(d.date), money(d.value, currency)]) }), [days, currency]);
  if (!days.some((d) => Number(d.value) > 0)) return null;
  return (
    <div className={css.revenue}>
      <Section title="Revenue in the last 90 days">
        <Chart label="Revenue by day in the last 90 days" option={option} table={table} height={152} />
      </Section>
    </div>
  );
}
