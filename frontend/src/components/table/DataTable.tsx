import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { ErrorState } from '@/components/states/ErrorState';
import css from './DataTable.module.css';
import { TableRow } from './TableRow';
import { useWindow } from './useWindow';
import type { ServerRows } from './useServerPages';

export interface DataColumn<Row> {
  key: string;
  label: string;
  /** The label is only heard: for a column of buttons. */
  quiet?: boolean;
  /** Least width in pixels; columns share what is left by grow (1 unless told). */
  width?: number;
  grow?: number;
  align?: 'left' | 'right';
  sortable?: boolean;
  render: (row: Row) => ReactNode;
}

export interface Sort {
  key: string;
  descending: boolean;
}

export interface DataTableProps<Row> {
  /** What is listed, for the ear: "Contacts". */
  label: string;
  columns: DataColumn<Row>[];
  rows: ServerRows<Row>;
  sort?: Sort | null;
  /** Pressing a head sorts by it, then the other way, then not. */
  onSort?: (sort: Sort | null) => void;
  onOpen?: (row: Row) => void;
  dense?: boolean;
  /** Shown when there is no row at all. */
  empty?: ReactNode;
  /** To move the keyboard into the table from outside. */
  gridRef?: RefObject<HTMLDivElement | null>;
}

const headHeight = 32;

/**
 * A table over any number of rows: only what is seen is drawn and fetched.
 * Arrows, page keys, Home and End move; Enter opens.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, sort = null, onSort, onOpen, dense, empty } = props;
  const own = useRef<HTMLDivElement>(null);
  const ref = props.gridRef ?? own;
  const id = useId();
  const height = dense ? 28 : 32;
  const total = rows.total ?? 24; // rows of bones until the first answer
  const view = useWindow(ref, total, height, headHeight);
  const [active, setActive] = useState(-1);
  const { onRange } = rows;
  useEffect(() => {
    if (ref.current) ref.current.scrollTop = 0;
    setActive(-1);
  }, [ref, rows.question]);
  useEffect(() => onRange(view.first, view.last), [onRange, view.first, view.last]);

  const move = (to: number) => {
    const next = Math.min(total - 1, Math.max(0, to));
    setActive(next);
    view.reveal(next);
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.target !== e.currentTarget || e.ctrlKey || e.metaKey || e.altKey) return;
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + view.fit, PageUp: active - view.fit, Home: 0, End: total - 1 };
    const to = steps[e.key];
    const row = rows.row(active);
    if (to !== undefined) move(to);
    else if (e.key === 'Enter' && row !== undefined) onOpen?.(row);
    else return;
    e.preventDefault();
  };

  if (rows.error) {
    return (
      <div className={css.instead}>
        <ErrorState error={rows.error} title={`${label} could not be read`} onRetry={rows.retry} />
      </div>
    );
  }
  if (rows.total === 0 && empty) return <div className={css.instead}>{empty}</div>;
  const template = columns.map((c) => `minmax(${c.width ?? 120}px, ${c.grow ?? 1}fr)`).join(' ');
  const least = columns.reduce((sum, c) => sum + (c.width ?? 120) + 16, 32);
  const shown = Array.from({ length: Math.max(0, view.last - view.first + 1) }, (_, i) => view.first + i);
  return (
    <div
      ref={ref}
      className={css.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={(rows.total ?? -1) < 0 ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-busy={rows.stale || rows.total === undefined}
      aria-activedescendant={active >= view.first && active <= view.last ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKey}
      onFocus={(e) => {
        if (e.target === e.currentTarget && active < 0 && rows.total) setActive(view.seen);
      }}
    >
      <div role="rowgroup" className={css.headGroup} style={{ minWidth: least }}>
        <div role="row" aria-rowindex={1} className={css.head} style={{ gridTemplateColumns: template }}>
          {columns.map((c) => (
            <Head key={c.key} column={c} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={css.body} style={{ height: view.height, minWidth: least }} data-stale={rows.stale || undefined}>
        {shown.map((i) => (
          <TableRow
            key={i}
            id={`${id}-${i}`}
            index={i}
            row={rows.row(i)}
            columns={columns}
            template={template}
            top={view.top(i)}
            height={height}
            active={i === active}
            onOpen={onOpen}
            onPress={setActive}
          />
        ))}
      </div>
    </div>
  );
}

function Head<Row>({ column, sort, onSort }: { column: DataColumn<Row>; sort: Sort | null; onSort?: (sort: Sort | null) => void }) {
  const mine = sort?.key === column.key ? sort : null;
  const next: Sort | null = !mine ? { key: column.key, descending: false } : mine.descending ? null : { key: column.key, descending: true };
  const direction = mine ? (mine.descending ? 'descending' : 'ascending') : undefined;
  return (
    <div role="columnheader" className={css.headCell} data-align={column.align} aria-sort={direction}>
      {column.sortable && onSort ? (
        <button type="button" className={css.sort} onClick={() => onSort(next)}>
          <span>{column.label}</span>
          {mine && (mine.descending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
        </button>
      ) : (
        <span className={column.quiet ? 'visually-hidden' : undefined}>{column.label}</span>
      )}
    </div>
  );
}
