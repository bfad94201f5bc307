import { memo } from 'react';
import { Bone } from '@/components/states/Loading';
import css from './DataTable.module.css';
import type { DataColumn } from './DataTable';

interface Props<Row> {
  id: string;
  index: number;
  row: Row | undefined;
  columns: DataColumn<Row>[];
  template: string;
  top: number;
  height: number;
  active: boolean;
  onOpen?: (row: Row) => void;
  onPress: (index: number) => void;
}

function Plain<Row>({ id, index, row, columns, template, top, height, active, onOpen, onPress }: Props<Row>) {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={css.row}
      data-active={active || undefined}
      data-opens={onOpen ? true : undefined}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)`, height }}
      onClick={() => {
        onPress(index);
        if (row !== undefined) onOpen?.(row);
      }}
    >
      {columns.map((c, i) => (
        <div key={c.key} role="gridcell" className={css.cell} data-align={c.align}>
          {row === undefined ? <Bone width={`${35 + (((index + 1) * (i + 3) * 37) % 45)}%`} /> : c.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Rows are drawn again only when something of theirs changes. */
export const TableRow = memo(Plain) as typeof Plain;
