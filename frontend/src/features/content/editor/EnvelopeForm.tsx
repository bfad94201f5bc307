import { LiquidField } from '../fields/LiquidField';
import { readable } from '../fields/form';
import fields from '../fields/fields.module.css';
import { useEditing } from './draft';
import css from './Editor.module.css';

/** How many characters of a subject and a preheader phones show. */
const shownOnPhones = { subject: 40, preheader: 90 };

/** What stands in the list of e-mails: subject and preheader. */
export function EnvelopeForm() {
  const { template, edit } = useEditing();
  return (
    <section className={css.form} aria-label="Subject">
      <header className={css.formHead}>
        <h2>In the inbox</h2>
      </header>
      <div className={fields.form}>
        <LiquidField
          label="Subject"
          value={template.subject}
          onChange={(subject) => edit((t) => ({ ...t, subject }), 'subject')}
          aside={<Characters text={template.subject} most={shownOnPhones.subject} />}
        />
        <LiquidField
          label="Preheader"
          value={template.preheader ?? ''}
          onChange={(preheader) => edit((t) => ({ ...t, preheader }), 'preheader')}
          aside={<Characters text={template.preheader ?? ''} most={shownOnPhones.preheader} />}
          help="The line after the subject. Without it mail programs show the first words of the e-mail."
        />
      </div>
    </section>
  );
}

function Characters({ text, most }: { text: string; most: number }) {
  const n = readable(text);
  return (
    <span className={n > most ? fields.warn : undefined}>
      {n}
      {/\{\{/.test(text) ? ' and variables' : ''} of {most}
    </span>
  );
}
