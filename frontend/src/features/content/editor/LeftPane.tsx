import { BlockForm } from './BlockForm';
import { useEditing } from './draft';
import { EnvelopeForm } from './EnvelopeForm';
import { Outline } from './Outline';
import { StyleForm } from './StyleForm';
import { find } from './tree';
import css from './Editor.module.css';

/** The parts of the e-mail, and below them the form of the chosen one. */
export function LeftPane() {
  const { chosen, template } = useEditing();
  const at = chosen?.part === 'block' ? find(template.blocks, chosen.id) : undefined;
  return (
    <div className={css.left}>
      <div className={css.list}>
        <Outline />
      </div>
      {(at || chosen?.part === 'envelope' || chosen?.part === 'style') && (
        <div className={css.chosen}>
          {chosen?.part === 'envelope' && <EnvelopeForm />}
          {chosen?.part === 'style' && <StyleForm />}
          {at && <BlockForm key={chosen?.part === 'block' ? chosen.id : ''} at={at} />}
        </div>
      )}
    </div>
  );
}
