import { lazy, Suspense, useMemo, useRef, type ReactNode } from 'react';
import type { CodeHandle } from '@/components/code/CodeField';
import { useEditing } from '../editor/draft';
import { reference } from './form';
import { VariablesMenu } from './VariablesMenu';
import css from './fields.module.css';

const CodeField = lazy(() => import('@/components/code/CodeField'));

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  language?: 'liquid' | 'liquid-html';
  /** One line; otherwise a page of code. */
  line?: boolean;
  placeholder?: string;
  /** What stands at the right of the label: a count of characters. */
  aside?: ReactNode;
  help?: string;
}

/** Text with Liquid: names are completed, and a menu puts them in. */
export function LiquidField({ label, value, onChange, language = 'liquid', line = true, placeholder, aside, help }: Props) {
  const { variables } = useEditing();
  const names = useMemo(() => variables.map((v) => ({ name: v.name, about: v.sample || v.label })), [variables]);
  const field = useRef<CodeHandle>(null);
  return (
    <div className={css.field}>
      <div className={css.labelLine}>
        <span className={css.label}>{label}</span>
        {aside && <span className={css.aside}>{aside}</span>}
        <VariablesMenu variables={variables} onPick={(name) => field.current?.insert(reference(name))} />
      </div>
      <Suspense fallback={<div className={css.blank} />}>
        <CodeField ref={field} label={label} value={value} onChange={onChange} language={language} names={names} line={line} placeholder={placeholder} />
      </Suspense>
      {help && <p className={css.help}>{help}</p>}
    </div>
  );
}
