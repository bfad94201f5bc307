import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import type { Style } from '@/lib/generated/api';
import fields from '../fields/fields.module.css';
import { useEditing } from './draft';
import css from './Editor.module.css';

const colours: { name: 'accent' | 'background' | 'surface' | 'ink'; label: string; start: string }[] = [
  { name: 'accent', label: 'Buttons and links', start: '#1f6f63' },
  { name: 'ink', label: 'Text', start: '#2d2a26' },
  { name: 'surface', label: 'E-mail', start: '#ffffff' },
  { name: 'background', label: 'Around it', start: '#f4f2ee' },
];

/** Colours, typeface and width of the whole e-mail. */
export function StyleForm() {
  const { template, edit } = useEditing();
  const style = template.style ?? {};
  const set = (part: Partial<Style>, field: string) => edit((t) => ({ ...t, style: tidy({ ...t.style, ...part }) }), `style ${field}`);
  return (
    <section className={css.form} aria-label="Style">
      <header className={css.formHead}>
        <h2>Style</h2>
      </header>
      <div className={fields.form}>
        <div className={fields.colours}>
          {colours.map((c) => (
            <div key={c.name}>
              <div className={fields.labelLine}>
                <span className={fields.label}>{c.label}</span>
              </div>
              <div className={fields.colour}>
                <input type="color" aria-label={`${c.label}, colour`} value={style[c.name] || c.start} onChange={(e) => set({ [c.name]: e.currentTarget.value }, c.name)} />
                <TextInput
                  aria-label={`${c.label}, as #rrggbb`}
                  placeholder={c.start}
                  value={style[c.name] ?? ''}
                  error={style[c.name] !== undefined && !/^#[0-9a-f]{6}$/i.test(style[c.name] ?? '')}
                  onChange={(e) => set({ [c.name]: e.currentTarget.value }, c.name)}
                />
              </div>
            </div>
          ))}
        </div>
        <SegmentedControl
          aria-label="Typeface"
          fullWidth
          value={style.font || 'sans'}
          onChange={(font) => set({ font }, 'font')}
          data={[
            { value: 'sans', label: 'Sans' },
            { value: 'serif', label: 'Serif' },
            { value: 'mono', label: 'Mono' },
          ]}
        />
        <NumberInput label="Width" description="Pixels, on a screen" placeholder="600" min={320} max={800} clampBehavior="blur" value={style.width || ''} onChange={(w) => set({ width: w === '' ? undefined : Number(w) }, 'width')} />
      </div>
    </section>
  );
}

function tidy(style: Style): Style | undefined {
  const kept = Object.entries(style).filter(([, v]) => v !== undefined && v !== '');
  return kept.length > 0 ? (Object.fromEntries(kept) as Style) : undefined;
}
