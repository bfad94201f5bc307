import css from './List.module.css';

const heights: Record<string, number> = { heading: 14, text: 26, image: 44, button: 14, products: 40, divider: 2, spacer: 8, columns: 34, html: 26, choice: 26, block: 20 };

/** A drawing of blocks, for an e-mail that nobody gets yet. */
export function Schematic({ kinds, pending = false }: { kinds: readonly string[]; pending?: boolean }) {
  return (
    <div className={css.schematic} aria-hidden>
      {!pending &&
        kinds.slice(0, 12).map((k, i) => (
          <span key={i} data-kind={k} style={{ height: heights[k] ?? 20 }}>
            {k === 'columns' && (
              <>
                <i />
                <i />
              </>
            )}
          </span>
        ))}
    </div>
  );
}
