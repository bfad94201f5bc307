import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { failed } from '@/components/toast/toast';
import type { Template } from '@/lib/generated/api';
import { useContentChanged, useStarters, type DocumentKind } from '../api';
import { createDocument } from './create';
import { Schematic } from './Schematic';
import css from './List.module.css';

const empty: Template = { name: 'New template', subject: '', blocks: [{ id: 'title', kind: 'heading', content: 'Hello {{ first_name | default: "there" }}', level: 1 }] };
const foot: Template = { name: 'New block', subject: '', blocks: [{ id: 'text', kind: 'text', content: '<p>Write here.</p>' }] };

/** What a new template begins with: a starter, or nothing but a heading. */
export function NewContent({ kind, onClose }: { kind: DocumentKind | null; onClose: () => void }) {
  const starters = useStarters();
  const navigate = useNavigate();
  const changed = useContentChanged();
  const make = useMutation({
    mutationFn: (t: Template) => createDocument(kind ?? 'template', t),
    onSuccess: async (d) => {
      onClose();
      await changed();
      void navigate({ to: d.kind === 'template' ? '/content/templates/$slug' : '/content/blocks/$slug', params: { slug: d.slug } });
    },
    onError: (e) => failed(e, 'It was not made'),
  });
  const block = kind === 'block';
  const choices = block
    ? [{ slug: '', name: 'A text', description: 'One block of text to begin with.', template: foot }]
    : [{ slug: '', name: 'Empty', description: 'A heading, and the rest is yours.', template: empty }, ...(starters.data ?? [])];
  return (
    <Modal opened={kind !== null} onClose={onClose} title={block ? 'A new reusable block' : 'A new template'} size={block ? 320 : 760} withCloseButton={false}>
      <div className={css.starters}>
        {choices.map((s) => (
          <button key={s.slug} type="button" className={css.starter} disabled={make.isPending} onClick={() => make.mutate(s.template)}>
            <span className={css.starterPicture} style={{ ['--starter' as string]: s.template.style?.accent, background: s.template.style?.background }}>
              <Schematic kinds={s.template.blocks.map((b) => b.kind)} />
            </span>
            <span className={css.title}>{s.name}</span>
            <span className={css.about}>{s.description}</span>
          </button>
        ))}
      </div>
    </Modal>
  );
}
