import { useCallback } from 'react';
import { Link } from '@tanstack/react-router';
import { Chart, type ChartTable } from '@/components/chart/Chart';
import type { ChartColors } from '@/components/chart/colors';
import type { ChartOption } from '@/components/chart/echarts';
import type { Condition } from '@/components/condition/node';
import { count, plural, share } from '@/lib/format';
import type { EngagementMap } from '@/lib/generated/api';
import { segmentOf } from '../api';
import css from './engagement.module.css';

const width = 5;
const names = Array.from({ length: 100 / width }, (_, i) => `${i * width}–${(i + 1) * width}`);

/** How many people have which score; those at zero are said in words, or nobody else could be seen. */
export function Distribution({ map }: { map: EngagementMap }) {
  const bars = map.bins.map((n, i) => (i === 0 ? n - map.zero : n));
  const option = useCallback(
    (colors: ChartColors): ChartOption => ({
      xAxis: { type: 'category', data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.muted, interval: 3 } },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colors.line } }, axisLabel: { color: colors.muted, formatter: (n: number) => count(n) } },
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (p: unknown) => tip(p) },
      series: [{ type: 'bar', data: map.bins.map((n, i) => (i === 0 ? n - map.zero : n)), barCategoryGap: '12%', itemStyle: { color: colors.accent } }],
    }),
    [map],
  );
  const table: ChartTable = { columns: ['Score', 'People', 'Share'], rows: [['0', count(map.zero), share(map.zero, map.total)], ...bars.map((n, i) => [i === 0 ? 'above 0 up to 5' : (names[i] ?? ''), count(n), share(n, map.total)])] };
  return (
    <section aria-label="How the scores lie">
      <h2 className={css.head}>How the scores lie</h2>
      <Chart label="People by engagement score" option={option} table={table} height={220} />
      <p className={`${css.muted} ${css.linked}`}>
        {map.zero > 0 && <>{plural(map.zero, 'person has', 'people have')} 0 and are not drawn. </>}
        Make a segment of <Link to={segmentOf(above(50))}>50 and more</Link>, <Link to={segmentOf({ kind: 'attribute', attribute: 'engagement.score', op: 'between', value: 10, to: 50 })}>10 to 50</Link> or{' '}
        <Link to={segmentOf({ kind: 'attribute', attribute: 'engagement.score', op: 'eq', value: 0 })}>0</Link>.
      </p>
    </section>
  );
}

const above = (value: number): Condition => ({ kind: 'attribute', attribute: 'engagement.score', op: 'gte', value });

function tip(p: unknown): string {
  const first = (Array.isArray(p) ? p[0] : p) as { name: string; value: number } | undefined;
  return first ? `${first.name}: ${plural(first.value, 'person', 'people')}` : '';
}
